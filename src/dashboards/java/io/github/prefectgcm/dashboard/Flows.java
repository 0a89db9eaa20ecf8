package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Panel.areas;
import static io.github.prefectgcm.dashboard.Panel.bars;
import static io.github.prefectgcm.dashboard.Panel.card;
import static io.github.prefectgcm.dashboard.Panel.heatMap;
import static io.github.prefectgcm.dashboard.Panel.lines;
import static io.github.prefectgcm.dashboard.Panel.table;
import static io.github.prefectgcm.dashboard.PromQl.newest;
import static io.github.prefectgcm.dashboard.PromQl.promQl;
import static io.github.prefectgcm.dashboard.Ratio.mean;
import static io.github.prefectgcm.dashboard.Ratio.share;
import static io.github.prefectgcm.dashboard.Runs.failed;
import static io.github.prefectgcm.dashboard.Runs.judged;
import static io.github.prefectgcm.dashboard.Section.section;
import static io.github.prefectgcm.dashboard.Standard.added;
import static io.github.prefectgcm.dashboard.Standard.highest;
import static io.github.prefectgcm.dashboard.Standard.percentile;

import java.time.Duration;
import java.util.List;

/** How the runs of each flow and deployment end, and how long they take. */
final class Flows {
  private static final Duration HOUR = Duration.ofHours(1);

  static final Dashboard DASHBOARD =
      new Dashboard(
          "flows",
          "Prefect: Flows",
          "How the runs of each flow and deployment end, and how long they take. Choose a flow or a"
              + " deployment above to see it alone. A run counts when it reaches a final state; one"
              + " that is rerun and finishes again counts again. Runs without a deployment have an"
              + " empty deployment_name.",
          List.of(Filter.WORKSPACE, Filter.FLOW, Filter.DEPLOYMENT, Filter.WORK_POOL),
          List.of(
              section(
                  "How they end",
                  "Outcomes of finished flow runs",
                  card(
                      "Finished",
                      "Flow runs that reached a final state in the time shown.",
                      added("flow_run/finished_count").total()),
                  card(
                      "Failed or crashed",
                      "Failed: the flow's own code ended with an error. Crashed: its infrastructure"
                          + " went away under it.",
                      failed().total(),
                      Limits.ANY),
                  card(
                      "Runs that fail",
                      "Share of finished runs that failed or crashed. Cancelled runs are left out.",
                      share(failed().total(), judged().total()),
                      Limits.FAILURES),
                  card(
                      "Never started",
                      "Runs that ended without having entered RUNNING: cancelled while they waited,"
                          + " or their infrastructure did not come up. By work pool only.",
                      added("flow_run/never_started_count").total(),
                      Limits.ANY),
                  bars(
                      "Finished runs by outcome",
                      "Runs that reached a final state in the time of each bar.",
                      added("flow_run/finished_count").by("state")),
                  bars(
                      "Finished runs by flow",
                      "The same runs by their flow. A flow that is missing is not scheduled, or"
                          + " does not start.",
                      added("flow_run/finished_count").by("flow_name")),
                  bars(
                      "Why runs fail",
                      "Failed and crashed runs by what their last state says: exception and"
                          + " dependency are the flow's, submission, out_of_memory, terminated and"
                          + " heartbeat the infrastructure's. By work pool only.",
                      added("flow_run/failure_count").by("reason")),
                  bars(
                      "Starts by who had them started",
                      "Runs that entered RUNNING for the first time: by their schedule, by an"
                          + " automation, or by somebody's hand.",
                      added("flow_run/started_count").by("trigger")),
                  lines(
                          "Share of runs that fail, by flow",
                          "Failed and crashed among finished runs over an hour or two periods, the"
                              + " longer. A flow that jumps to 100 % met a change; one that is"
                              + " always at 20 % wants retries.",
                          share(
                              failed().by("flow_name").each(HOUR),
                              judged().by("flow_name").each(HOUR)),
                          Limits.FAILURES)
                      .high(16),
                  table(
                          "Failed or crashed runs",
                          "How many, in the time shown, of the ten deployments with the most.",
                          failed().by("flow_name", "deployment_name").top(10).total())
                      .wide(24)),
              section(
                  "Which are broken",
                  "Streaks and freshness",
                  card(
                      "Broken deployments",
                      "Deployments whose last three runs or more all failed or crashed. Not"
                          + " narrowed down by the filters.",
                      promQl(
                          Unit.COUNT,
                          "count("
                              + newest("deployment/consecutive_failures")
                              + " >= 3) or vector(0)"),
                      Limits.ANY),
                  card(
                      "Without a success for a day",
                      "Deployments that once completed a run, but none in the last 24 hours. Those"
                          + " that run less often are among them. Not narrowed down by the"
                          + " filters.",
                      promQl(
                          Unit.COUNT,
                          "count("
                              + newest("deployment/time_since_last_success")
                              + " > 86400) or vector(0)")),
                  card(
                      "Longest streak of failures",
                      "Runs of one deployment that failed or crashed in a row. Red: open its last"
                          + " run in Prefect and read the log.",
                      highest("deployment/consecutive_failures"),
                      Limits.STREAK),
                  card(
                      "Oldest success",
                      "How long ago the deployment that waits longest for a success had its last"
                          + " one.",
                      highest("deployment/time_since_last_success")),
                  lines(
                      "Failures in a row, the ten worst",
                      "Climbs with each failed or crashed run and falls to 0 with a completed one."
                          + " Cancelled runs do not count.",
                      highest("deployment/consecutive_failures")
                          .by("flow_name", "deployment_name")
                          .top(10),
                      Limits.STREAK),
                  lines(
                      "Time since last success, the ten oldest",
                      "Climbs with time and falls to 0 with each completed run: the height of the"
                          + " teeth is how old the data gets.",
                      highest("deployment/time_since_last_success")
                          .by("flow_name", "deployment_name")
                          .top(10))),
              section(
                  "How long they take",
                  "Time in RUNNING over all attempts, without pauses and retry delays",
                  lines(
                          "Execution times",
                          "Half of the completed runs took less than p50, 95 of 100 less than p95."
                              + " p95 alone rising: some got slow; both: all did. By work pool"
                              + " only.",
                          percentile(95, "flow_run/execution_times")
                              .where("state", "completed")
                              .each(HOUR))
                      .and(
                          percentile(50, "flow_run/execution_times")
                              .where("state", "completed")
                              .each(HOUR)),
                  heatMap(
                      "Execution times, all runs",
                      "How many runs took how long. Bands are kinds of runs; a band that drifts"
                          + " upwards gets slower. By work pool only.",
                      added("flow_run/execution_times").each(HOUR)),
                  lines(
                      "Start latencies",
                      "Of 100 runs 95 started within this time after they were due. Rises where"
                          + " workers or slots are short. By work pool only.",
                      percentile(95, "flow_run/start_latencies").each(HOUR)),
                  bars(
                      "Late starts by flow",
                      "Runs that started more than 15 s after they were due.",
                      added("flow_run/late_start_count").by("flow_name")),
                  lines(
                      "Mean run time by flow",
                      "Run time divided by finished runs, over an hour or two periods, the longer."
                          + " Runs that failed early pull it down.",
                      mean(
                          added("flow_run/run_time").by("flow_name").each(HOUR),
                          added("flow_run/finished_count").by("flow_name").each(HOUR))),
                  areas(
                      "Run time by flow",
                      "Seconds spent in RUNNING by the runs that ended in the time of each point:"
                          + " what a flow costs.",
                      added("flow_run/run_time").by("flow_name").each(HOUR)))));

  private Flows() {}
}
