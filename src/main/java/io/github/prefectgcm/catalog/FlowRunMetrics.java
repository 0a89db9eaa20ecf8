package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Dimension.DEPLOYMENT_NAME;
import static io.github.prefectgcm.catalog.Dimension.FLOW_NAME;
import static io.github.prefectgcm.catalog.Dimension.STATE;
import static io.github.prefectgcm.catalog.Dimension.WORK_POOL_NAME;

import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Counters and distributions that finished flow runs add to. */
final class FlowRunMetrics {
  /** 1 s to 11 days; the same for every distribution of times, so that they can be added up. */
  static final Buckets TIMES = new Buckets(1, 1.5, 34);

  static final Counter FINISHED =
      counter(
          "flow_run/finished_count",
          "Finished flow runs",
          "Flow runs that reached a final state, by flow, deployment, work pool and state. A"
              + " run that is rerun and finishes again counts again.",
          List.of(FLOW_NAME, DEPLOYMENT_NAME, WORK_POOL_NAME, STATE),
          new Int64Value(0),
          run -> true,
          run -> new Int64Value(1));

  static final List<Counter> COUNTERS =
      List.of(
          FINISHED,
          counter(
              "flow_run/run_time",
              "Flow run time",
              "Time that finished flow runs spent in RUNNING, summed over all their attempts,"
                  + " without pauses and retry delays.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, WORK_POOL_NAME),
              new DoubleValue(0),
              run -> true,
              run -> new DoubleValue(seconds(run.runTime()))),
          counter(
              "flow_run/never_started_count",
              "Flow runs that never started",
              "Flow runs that reached a final state without ever entering RUNNING, such as crashed"
                  + " because their infrastructure did not come up, or cancelled while it did. Runs"
                  + " that were cancelled before there was any, by a person or by a concurrency"
                  + " limit, are not among them.",
              List.of(WORK_POOL_NAME),
              new Int64Value(0),
              run -> !run.started() && run.reason() == EndReason.OTHER,
              run -> new Int64Value(1)),
          counter(
              "flow_run/execution_times",
              "Flow run execution times",
              "Distribution of the time that finished flow runs spent in RUNNING, summed over all"
                  + " their attempts; runs that never started are left out.",
              List.of(STATE, WORK_POOL_NAME),
              DistributionValue.empty(TIMES),
              FinishedRun::started,
              run -> DistributionValue.of(TIMES, seconds(run.runTime()))));

  private FlowRunMetrics() {}

  /**
   * An entry of the list.
   *
   * @param zero tells the type, and with it the unit: numbers of runs, or else seconds
   */
  private static Counter counter(
      String name,
      String displayName,
      String description,
      List<Dimension> by,
      Value zero,
      Predicate<FinishedRun> counts,
      Function<FinishedRun, Value> amount) {
    var metric =
        new Metric(
            name,
            Kind.CUMULATIVE,
            zero.type(),
            zero.type() == ValueType.INT64 ? "1" : "s",
            displayName,
            description,
            by.stream().map(Dimension::label).toList());
    return new Counter(metric, by, counts, amount, zero);
  }

  /**
   * The nearest double to a time in whole microseconds, so that equal times are equal values. Never
   * negative: Prefect's times come from several clocks, and some go backwards.
   */
  static double seconds(Duration time) {
    return Math.max(0, time.getSeconds() * 1_000_000 + time.getNano() / 1_000) / 1e6;
  }
}
