package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two metrics under the names that home-made exporters use, from Prefect's run history over
 * WINDOW_HOURS.
 */
final class CompatibilityMetrics {
  /**
   * The names that Prefect gives, by type. Flows make up others: each would be a series, billed for
   * good, and there may be one for every run.
   */
  private static final Map<String, Set<String>> NAMES =
      Map.ofEntries(
          Map.entry(
              "Scheduled",
              Set.of("Scheduled", "Late", "AwaitingRetry", "AwaitingConcurrencySlot", "Resuming")),
          Map.entry(
              "Pending", Set.of("Pending", "Submitting", "InfrastructurePending", "NotReady")),
          Map.entry("Running", Set.of("Running", "Retrying")),
          Map.entry("Paused", Set.of("Paused", "Suspended", "NotReady")),
          Map.entry("Cancelling", Set.of("Cancelling")),
          Map.entry("Cancelled", Set.of("Cancelled")),
          Map.entry("Completed", Set.of("Completed", "Cached", "RolledBack")),
          Map.entry("Failed", Set.of("Failed", "TimedOut")),
          Map.entry("Crashed", Set.of("Crashed")));

  /** Those that stand at 0 while there is no such run: a flow run does not stay in the others. */
  private static final List<String> STATE_NAMES =
      List.of(
          "Scheduled",
          "Late",
          "AwaitingRetry",
          "AwaitingConcurrencySlot",
          "Pending",
          "Running",
          "Paused",
          "Suspended",
          "Cancelling",
          "Cancelled",
          "Completed",
          "Failed",
          "TimedOut",
          "Crashed");

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "flow_runs_total",
                  ValueType.INT64,
                  "1",
                  "Flow runs expected recently",
                  "Flow runs that were expected to start in the last WINDOW_HOURS, by the state"
                      + " that they are in now.",
                  new Label(
                      "state",
                      "Name of the state as Prefect shows it, such as Late. A name that is not"
                          + " Prefect's own counts as that of its type, such as Completed.")),
              seen -> seen.expectedRuns().map(CompatibilityMetrics::byName)),
          new Level(
              gauge(
                  "flow_run_duration_seconds_avg",
                  ValueType.DOUBLE,
                  "s",
                  "Average flow run duration",
                  "Average time in RUNNING of the flow runs that were expected to start in the last"
                      + " WINDOW_HOURS and have finished. Not written if there are none."),
              seen -> seen.expectedRuns().map(CompatibilityMetrics::average)));

  private CompatibilityMetrics() {}

  private static Map<List<String>, Value> byName(List<StateCount> counts) {
    var values = new TreeMap<List<String>, Value>(Levels.ORDER);
    STATE_NAMES.forEach(name -> values.put(row(name), new Int64Value(0)));
    counts.forEach(
        count -> values.merge(row(name(count)), new Int64Value(count.count()), Value::plus));
    return values;
  }

  private static String name(StateCount count) {
    Set<String> names = NAMES.getOrDefault(count.typeName(), Set.of());
    return names.contains(count.stateName()) ? count.stateName() : count.typeName();
  }

  private static Map<List<String>, Value> average(List<StateCount> counts) {
    List<StateCount> finished = counts.stream().filter(StateCount::finished).toList();
    long runs = finished.stream().mapToLong(StateCount::count).sum();
    double seconds =
        finished.stream().mapToDouble(count -> Math.max(0, count.estimatedRunTime())).sum();
    return runs == 0 ? Map.of() : Map.of(row(), new DoubleValue(seconds / runs));
  }
}
