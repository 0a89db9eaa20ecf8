package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Dimension.DEPLOYMENT_NAME;
import static io.github.prefectgcm.catalog.Dimension.FLOW_NAME;
import static io.github.prefectgcm.catalog.Dimension.OWNER;
import static io.github.prefectgcm.catalog.Dimension.WORK_POOL_NAME;

import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.Trigger;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import java.util.List;

/** Counters and distributions that flow runs add to when they start for the first time. */
final class StartedRunMetrics {
  private static final Dimension<StartedRun> TRIGGER =
      new Dimension.OfRow<>(
          new Label("trigger", "Who had it started: schedule, automation, manual or other."),
          run -> run.trigger().label(),
          Trigger.LABELS);

  static final List<Counter<StartedRun>> COUNTERS =
      List.of(
          Counters.counter(
              "flow_run/started_count",
              "Started flow runs",
              "Flow runs that entered RUNNING for the first time, by who had them started.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, TRIGGER, OWNER),
              new Int64Value(0),
              run -> true,
              run -> new Int64Value(1)),
          Counters.counter(
              "flow_run/late_start_count",
              "Late starts",
              "Flow runs that started more than 15 s after they were due.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, OWNER),
              new Int64Value(0),
              run -> run.lateness().compareTo(CurrentRunCounts.GRACE) > 0,
              run -> new Int64Value(1)),
          Counters.counter(
              "flow_run/start_latencies",
              "Start latencies",
              "Distribution of the time between when flow runs were due and when they started."
                  + " Flow and deployment are empty unless DISTRIBUTION_LABELS names them.",
              List.of(WORK_POOL_NAME, FLOW_NAME, DEPLOYMENT_NAME),
              DistributionValue.empty(Counters.TIMES),
              run -> true,
              run -> DistributionValue.of(Counters.TIMES, Counters.seconds(run.lateness()))));

  private StartedRunMetrics() {}
}
