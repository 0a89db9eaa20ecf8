package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.metric.Metric;
import java.util.List;

/**
 * What is counted exactly once by one of its times, with a watermark of its own.
 *
 * @param name the value of the label {@code stream}
 * @param <R> what is counted
 */
public record RunStream<R extends Occurrence>(String name, List<Counter<R>> counters) {
  /** Flow runs by the time at which they end. */
  public static final String FLOW_RUNS = "flow_runs";

  /** Flow runs by the time at which they start. */
  public static final String STARTED_FLOW_RUNS = "started_flow_runs";

  /** All names. */
  public static final List<String> NAMES = List.of(FLOW_RUNS, STARTED_FLOW_RUNS);

  public RunStream {
    counters = List.copyOf(counters);
  }

  /** The metrics of its counters. */
  public List<Metric> metrics() {
    return counters.stream().map(Counter::metric).toList();
  }

  /** Whether nothing of it is written, so that it need not be read. */
  public boolean isIdle() {
    return counters.isEmpty();
  }
}
