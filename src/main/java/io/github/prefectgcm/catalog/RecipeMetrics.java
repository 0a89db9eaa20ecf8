package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Real;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import io.github.prefectgcm.metric.Whole;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two metrics under the names that home-made exporters use, from Prefect's run history over
 * WINDOW_HOURS.
 */
final class RecipeMetrics {
  /** Names that Prefect gives to states of flow runs; flows can make up others. */
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
                  new Label("state", "Name of the state as Prefect shows it, such as Completed.")),
              seen -> seen.expectedRuns().map(RecipeMetrics::byName)),
          new Level(
              gauge(
                  "flow_run_duration_seconds_avg",
                  ValueType.DOUBLE,
                  "s",
                  "Average flow run duration",
                  "Average time in RUNNING of the flow runs that were expected to start in the last"
                      + " WINDOW_HOURS and have finished. Not written if there are none."),
              seen -> seen.expectedRuns().map(RecipeMetrics::average)));

  private RecipeMetrics() {}

  private static Map<List<String>, Value> byName(List<StateCount> counts) {
    var values = new TreeMap<List<String>, Value>(Levels.ORDER);
    STATE_NAMES.forEach(name -> values.put(row(name), new Whole(0)));
    counts.forEach(count ->
        values.merge(
            row(LabelValue.clean(count.stateName())), new Whole(count.count()), Value::plus));
    return values;
  }

  private static Map<List<String>, Value> average(List<StateCount> counts) {
    List<StateCount> finished = counts.stream().filter(StateCount::finished).toList();
    long runs = finished.stream().mapToLong(StateCount::count).sum();
    double seconds = finished.stream().mapToDouble(StateCount::estimatedRunTime).sum();
    return runs == 0 ? Map.of() : Map.of(row(), new Real(seconds / runs));
  }
}
