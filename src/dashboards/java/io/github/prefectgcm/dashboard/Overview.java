package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Panel.areas;
import static io.github.prefectgcm.dashboard.Panel.bars;
import static io.github.prefectgcm.dashboard.Panel.card;
import static io.github.prefectgcm.dashboard.Panel.lines;
import static io.github.prefectgcm.dashboard.Panel.table;
import static io.github.prefectgcm.dashboard.Ratio.share;
import static io.github.prefectgcm.dashboard.Runs.failed;
import static io.github.prefectgcm.dashboard.Runs.judged;
import static io.github.prefectgcm.dashboard.Section.section;
import static io.github.prefectgcm.dashboard.Standard.added;
import static io.github.prefectgcm.dashboard.Standard.highest;
import static io.github.prefectgcm.dashboard.Standard.latest;

import java.time.Duration;
import java.util.List;

/** The one to look at first. It has no PromQL, so that it can be drawn from stored points. */
final class Overview {
  private static final Duration HOUR = Duration.ofHours(1);

  static final Dashboard DASHBOARD =
      new Dashboard(
          "overview",
          "Prefect: Overview",
          "Is Prefect doing its work, and if not, where to look next: *Flows* for runs that fail or"
              + " take long, *Infrastructure* for runs that wait, *Exporter and cost* if the"
              + " figures themselves look wrong or stand still. A filter acts on the panels whose"
              + " series have its label; what is measured by work pool knows no flows.",
          List.of(Filter.WORKSPACE, Filter.WORK_POOL, Filter.FLOW, Filter.DEPLOYMENT),
          List.of(
              section(
                  "Now",
                  "One look: nothing here should be red",
                  card(
                      "Running",
                      "Flow runs in RUNNING. Zero in working hours means that nothing starts: look"
                          + " at late runs and workers.",
                      latest("flow_run/current_count").where("state", "running")),
                  card(
                      "Late",
                      "Flow runs that should have started more than 15 s ago. A few that come and"
                          + " go are a busy pool; a number that grows is a pool without workers.",
                      latest("flow_run/late_count"),
                      Limits.ANY),
                  card(
                      "Longest wait",
                      "How overdue the most overdue late run is. Red: look at its pool in"
                          + " *Infrastructure*, whether it is paused, full or without workers.",
                      highest("flow_run/oldest_late_age"),
                      Limits.LATE),
                  card(
                      "Longest pending",
                      "How long a run has been handed to its infrastructure without starting. Red:"
                          + " it is stuck there; look for image pulls, quotas and the worker's"
                          + " log.",
                      highest("flow_run/oldest_age").where("state", "pending"),
                      Limits.PENDING),
                  card(
                      "Longest streak of failures",
                      "Runs of one deployment that failed or crashed in a row. Red: it is broken,"
                          + " not unlucky; the table below says which.",
                      highest("deployment/consecutive_failures"),
                      Limits.STREAK),
                  card(
                      "Runs that fail",
                      "Share of finished runs that failed or crashed, over the time shown."
                          + " Cancelled runs are left out.",
                      share(failed().total(), judged().total()),
                      Limits.FAILURES),
                  card(
                      "Workers online",
                      "Workers that send heartbeats. None: no run of a pool with workers starts."
                          + " Push and managed pools have no workers and are not counted.",
                      latest("work_pool/worker_count").where("status", "online"),
                      Limits.NONE),
                  card(
                      "Behind by",
                      "Age of the newest instant up to which all runs are counted. Red: prefect-gcm"
                          + " does not get through; everything else here is as old as this.",
                      highest("exporter/data_watermark_age"),
                      Limits.BEHIND)),
              section(
                  "What ended",
                  "Finished flow runs",
                  bars(
                      "Finished runs by outcome",
                      "Runs that reached a final state in the time of each bar. Crashed is the"
                          + " infrastructure's fault, failed the code's.",
                      added("flow_run/finished_count").by("state")),
                  lines(
                      "Share of runs that fail",
                      "Failed and crashed among finished runs over an hour or two periods, the"
                          + " longer. Above the line: see *Flows* for whose they are.",
                      share(failed().each(HOUR), judged().each(HOUR)),
                      Limits.FAILURES)),
              section(
                  "What goes on",
                  "Flow runs that are due and not finished",
                  areas(
                      "Runs by what they do",
                      "All runs that are due and not final. Late and pending should be thin; a"
                          + " growing awaiting_concurrency_slot is a limit that is too low.",
                      latest("flow_run/current_count").by("state")),
                  lines(
                      "Longest wait by work pool",
                      "How overdue the most overdue late run of each pool is. A line that rises as"
                          + " fast as time passes is a pool in which nothing starts.",
                      highest("flow_run/oldest_late_age").by("work_pool_name"),
                      Limits.LATE)),
              section(
                  "Which deployments",
                  "The ten highest of each",
                  table(
                      "Time since last success",
                      "How old the data is that a deployment makes. Compare it with how often the"
                          + " deployment is scheduled.",
                      highest("deployment/time_since_last_success")
                          .by("flow_name", "deployment_name")
                          .top(10)),
                  table(
                      "Failures in a row",
                      "Runs that failed or crashed since the last completed one; 0 is good.",
                      highest("deployment/consecutive_failures")
                          .by("flow_name", "deployment_name")
                          .top(10)),
                  table(
                      "Run time",
                      "Time in RUNNING of the runs that finished in the time shown: where compute"
                          + " goes.",
                      added("flow_run/run_time")
                          .by("flow_name", "deployment_name")
                          .top(10)
                          .total()))));

  private Overview() {}
}
