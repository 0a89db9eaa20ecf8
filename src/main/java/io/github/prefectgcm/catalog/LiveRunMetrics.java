package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.age;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Levels of the flow runs that are due and not final, zero for a pool that has none. */
final class LiveRunMetrics {
  private static final Label POOL = Dimension.WORK_POOL_NAME.label();

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "flow_run/current_count",
                  ValueType.INT64,
                  "1",
                  "Current flow runs",
                  "Flow runs that are due and not final, by what they are doing. Runs scheduled for"
                      + " later are not among them, but those that wait for a slot or a retry"
                      + " are.",
                  POOL,
                  new Label(
                      "state",
                      "due, late, awaiting_retry, awaiting_concurrency_slot, pending, running,"
                          + " paused or cancelling.")),
              seen ->
                  byState(
                      seen,
                      List.of(CurrentState.values()),
                      (runs, place) ->
                          new Int64Value(runs.in(place.workPoolName(), place.state()).count()))),
          new Level(
              gauge(
                  "flow_run/late_count",
                  ValueType.INT64,
                  "1",
                  "Late flow runs",
                  "Flow runs that should have started more than 15 s ago and have not, those that"
                      + " wait for a concurrency slot included, by the first reason that holds.",
                  POOL,
                  new Label(
                      "reason",
                      "deployment_paused, pool_paused, queue_paused, no_worker (the work pool has"
                          + " workers, and none is online), deployment_full, pool_full, queue_full"
                          + " (no concurrency slot is free), or unexplained.")),
              LiveRunMetrics::late),
          new Level(
              gauge(
                  "flow_run/scheduled_count",
                  ValueType.INT64,
                  "1",
                  "Scheduled flow runs",
                  "Flow runs that are scheduled to start within the next 24 hours. 0 while any"
                      + " schedule is active is a scheduler that stands still."),
              seen -> seen.scheduledRuns().map(count -> Map.of(row(), new Int64Value(count)))),
          new Level(
              gauge(
                  "flow_run/oldest_late_age",
                  ValueType.DOUBLE,
                  "s",
                  "Lateness of the most overdue flow run",
                  "How long ago the most overdue late flow run should have started; 0 if none is"
                      + " late.",
                  POOL),
              seen -> byPool(seen, (runs, pool) -> age(runs.late(pool).oldest(), seen.now()))),
          new Level(
              gauge(
                  "flow_run/oldest_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the oldest flow run",
                  "How long the longest pending or running flow run has been in that state; 0 if"
                      + " there is none.",
                  POOL,
                  new Label("state", "pending or running.")),
              seen ->
                  byState(
                      seen,
                      List.of(CurrentState.PENDING, CurrentState.RUNNING),
                      (runs, place) ->
                          age(runs.in(place.workPoolName(), place.state()).oldest(), seen.now()))));

  private LiveRunMetrics() {}

  private static Optional<Map<List<String>, Value>> byPool(
      Snapshot seen, BiFunction<CurrentRunCounts, String, Value> value) {
    return seen.currentRuns()
        .map(runs -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (String pool : pools(seen, runs)) {
            values.put(row(LabelValue.clean(pool)), value.apply(runs, pool));
          }
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> late(Snapshot seen) {
    return seen.currentRuns()
        .map(runs -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (String pool : pools(seen, runs)) {
            for (LateReason reason : LateReason.values()) {
              values.put(row(LabelValue.clean(pool), reason.label()), new Int64Value(0));
            }
          }
          var reasons = new LateReasons(seen);
          runs.late()
              .forEach((line, crowd) ->
                  values.merge(
                      row(LabelValue.clean(line.workPoolName()), reasons.of(line).label()),
                      new Int64Value(crowd.count()),
                      Value::plus));
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> byState(
      Snapshot seen,
      List<CurrentState> states,
      BiFunction<CurrentRunCounts, CurrentRunCounts.Place, Value> value) {
    return seen.currentRuns()
        .map(runs -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (String pool : pools(seen, runs)) {
            for (CurrentState state : states) {
              values.put(
                  row(LabelValue.clean(pool), state.label()),
                  value.apply(runs, new CurrentRunCounts.Place(pool, state)));
            }
          }
          return values;
        });
  }

  /** Pools that exist, pools that runs name, and none. */
  private static Set<String> pools(Snapshot seen, CurrentRunCounts runs) {
    var pools = new TreeSet<>(runs.workPoolNames());
    pools.add("");
    seen.workPools().ifPresent(known -> known.stream().map(WorkPool::name).forEach(pools::add));
    return pools;
  }
}
