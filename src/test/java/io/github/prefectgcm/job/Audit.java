package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.workspace.Company;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Looks into the store once all is well again: everything that is due is there, once.
 *
 * @param period the longest that an execution had
 */
public record Audit(List<Company.Fact> facts, EmbeddedCloudMonitoring cloud, Duration period) {
  private static final Duration SETTLE = Duration.ofSeconds(60);

  /**
   * Checks that.
   *
   * @param now when the last execution was
   * @param staleReads whether an execution may have been shown an older state of the store
   * @param changes whether labels of runs may have changed after the runs ended
   * @param foreign whether never_started_count could not be written for a while
   */
  public void check(Instant now, boolean staleReads, boolean changes, boolean foreign) {
    assertEquals(List.of(), cloud.violations());
    checkStarted(staleReads, changes);
    List<StoredPoint> marks = marks("flow_runs");
    Instant from = marks.getFirst().start().minusMillis(1);
    Instant to = marks.getLast().end();
    isRecent(now);
    var truth = new Truth(facts, period);
    if (changes) {
      truth.holdsTogether(cloud.series("finished_count"), Truth.FINISHED, from, to);
      truth.holdsTogether(cloud.series("run_time"), Truth.RUN_TIME, from, to);
      if (!foreign) {
        truth.holdsTogether(cloud.series("never_started_count"), Truth.NEVER_STARTED, from, to);
      }
      truth.holdsTogether(cloud.series("execution_times"), Truth.EXECUTIONS, from, to);
      truth.holdsTogether(cloud.series("execution_times"), Truth.EXECUTION_SECONDS, from, to);
      return;
    }
    truth.holds(cloud.series("finished_count"), Truth.FINISHED, from, to, staleReads);
    truth.holds(cloud.series("run_time"), Truth.RUN_TIME, from, to, staleReads);
    if (!foreign) {
      truth.holds(cloud.series("never_started_count"), Truth.NEVER_STARTED, from, to, staleReads);
    }
    truth.holds(cloud.series("execution_times"), Truth.EXECUTIONS, from, to, staleReads);
    truth.holds(cloud.series("execution_times"), Truth.EXECUTION_SECONDS, from, to, staleReads);
    truth.holdsForGauges(
        cloud.series("consecutive_failures"), cloud.series("time_since_last_success"));
    truth.knowsLastSuccesses(
        cloud.series("consecutive_failures"), cloud.series("time_since_last_success"), to);
  }

  /** The stream of the runs that start has a watermark of its own. */
  private void checkStarted(boolean staleReads, boolean changes) {
    List<StoredPoint> marks = marks("started_flow_runs");
    Instant from = marks.getFirst().start().minusMillis(1);
    Instant to = marks.getLast().end();
    var truth = new Truth(facts, period);
    if (changes) {
      truth.holdsTogether(cloud.series("started_count"), Truth.STARTED, from, to);
      truth.holdsTogether(cloud.series("start_latencies"), Truth.START_LATENCIES, from, to);
    } else {
      truth.holds(cloud.series("started_count"), Truth.STARTED, from, to, staleReads);
      truth.holds(cloud.series("start_latencies"), Truth.START_LATENCIES, from, to, staleReads);
    }
  }

  /** Every watermark is as far as it can be. */
  void isRecent(Instant now) {
    for (String stream : List.of("flow_runs", "started_flow_runs")) {
      Instant mark = marks(stream).getLast().end();
      assertTrue(
          mark.isAfter(now.minus(period).minus(SETTLE).minusSeconds(1)),
          () -> "the watermark of " + stream + " stays behind");
    }
  }

  private List<StoredPoint> marks(String stream) {
    return cloud.series("exporter/window_count").entrySet().stream()
        .filter(mark -> mark.getKey().label("stream").equals(stream))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no window was finished"));
  }
}
