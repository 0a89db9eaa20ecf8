package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Dimension.DEPLOYMENT_NAME;
import static io.github.prefectgcm.catalog.Dimension.FLOW_NAME;
import static io.github.prefectgcm.catalog.Dimension.OWNER;
import static io.github.prefectgcm.catalog.Dimension.STATE;
import static io.github.prefectgcm.catalog.Dimension.WORK_POOL_NAME;

import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import java.util.List;

/** Counters and distributions that finished flow runs add to. */
final class FlowRunMetrics {
  private static final Dimension<FinishedRun> REASON =
      new Dimension.OfRow<>(
          new Label(
              "reason",
              "What it failed for: exception, timed_out, out_of_memory, terminated, exit_code,"
                  + " submission, heartbeat, dependency or other."),
          run -> run.reason().failure(),
          EndReason.FAILURES);

  static final Counter<FinishedRun> FINISHED =
      Counters.counter(
          "flow_run/finished_count",
          "Finished flow runs",
          "Flow runs that reached a final state, by flow, deployment, work pool and state. A"
              + " run that is rerun and finishes again counts again.",
          List.of(FLOW_NAME, DEPLOYMENT_NAME, WORK_POOL_NAME, STATE, OWNER),
          new Int64Value(0),
          run -> true,
          run -> new Int64Value(1));

  static final List<Counter<FinishedRun>> COUNTERS =
      List.of(
          FINISHED,
          Counters.counter(
              "flow_run/run_time",
              "Flow run time",
              "Time that finished flow runs spent in RUNNING, summed over all their attempts,"
                  + " without pauses and retry delays.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, WORK_POOL_NAME, OWNER),
              new DoubleValue(0),
              run -> true,
              run -> new DoubleValue(Counters.seconds(run.runTime()))),
          Counters.counter(
              "flow_run/failure_count",
              "Failures",
              "Flow runs that failed or crashed, by what for, as far as their last state tells.",
              List.of(WORK_POOL_NAME, REASON),
              new Int64Value(0),
              run -> run.state() == FinalState.FAILED || run.state() == FinalState.CRASHED,
              run -> new Int64Value(1)),
          Counters.counter(
              "flow_run/retry_count",
              "Retries",
              "Attempts of finished flow runs beyond their first ones.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, OWNER),
              new Int64Value(0),
              run -> run.runCount() > 1,
              run -> new Int64Value(run.runCount() - 1)),
          Counters.counter(
              "flow_run/skipped_count",
              "Skipped flow runs",
              "Flow runs that were cancelled before they started, since as many ran as their"
                  + " deployment's concurrency limit allows.",
              List.of(FLOW_NAME, DEPLOYMENT_NAME, OWNER),
              new Int64Value(0),
              run -> run.reason() == EndReason.CONCURRENCY_LIMIT,
              run -> new Int64Value(1)),
          Counters.counter(
              "flow_run/never_started_count",
              "Flow runs that never started",
              "Flow runs that reached a final state without ever entering RUNNING, such as crashed"
                  + " because their infrastructure did not come up, or cancelled while it did. Runs"
                  + " that were cancelled before there was any, by a person or by a concurrency"
                  + " limit, are not among them.",
              List.of(WORK_POOL_NAME),
              new Int64Value(0),
              run -> !run.started() && !run.reason().isNoFault(),
              run -> new Int64Value(1)),
          Counters.counter(
              "flow_run/execution_times",
              "Flow run execution times",
              "Distribution of the time that finished flow runs spent in RUNNING, summed over all"
                  + " their attempts; runs that never started are left out. Flow and deployment are"
                  + " empty unless DISTRIBUTION_LABELS names them.",
              List.of(STATE, WORK_POOL_NAME, FLOW_NAME, DEPLOYMENT_NAME),
              DistributionValue.empty(Counters.TIMES),
              FinishedRun::started,
              run -> DistributionValue.of(Counters.TIMES, Counters.seconds(run.runTime()))));

  private FlowRunMetrics() {}
}
