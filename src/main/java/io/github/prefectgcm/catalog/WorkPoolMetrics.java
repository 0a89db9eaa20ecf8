package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.age;
import static io.github.prefectgcm.catalog.Levels.flag;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Levels of work pools and their workers. */
final class WorkPoolMetrics {
  private static final Label POOL = Dimension.WORK_POOL_NAME.label();
  private static final Label TYPE =
      new Label("work_pool_type", "Type of the work pool, such as process or kubernetes.");

  /** A worker is silent after this many heartbeats did not come. */
  private static final int MISSED_HEARTBEATS = 3;

  /** Workers of pods and the like leave a record each, for good. */
  private static final Duration DEAD_AFTER = Duration.ofHours(1);

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "work_pool/ready",
                  ValueType.INT64,
                  "1",
                  "Work pool ready",
                  "1 if the work pool can take work, 0 if it is paused or nothing polls it. Not"
                      + " written for pools of which Prefect keeps no status.",
                  POOL,
                  TYPE),
              seen -> byPool(seen, WorkPool::ready)),
          new Level(
              gauge(
                  "work_pool/paused",
                  ValueType.INT64,
                  "1",
                  "Work pool paused",
                  "1 if the work pool is paused, else 0.",
                  POOL,
                  TYPE),
              seen -> byPool(seen, pool -> Optional.of(pool.paused()))),
          new Level(
              gauge(
                  "work_pool/worker_count",
                  ValueType.INT64,
                  "1",
                  "Workers",
                  "Workers of the work pool. Not written for push, managed and agent pools, which"
                      + " have none.",
                  POOL,
                  new Label(
                      "status",
                      "online, offline, or stale: Prefect says online, but three heartbeats did not"
                          + " come.")),
              WorkPoolMetrics::workerCounts),
          new Level(
              gauge(
                  "work_pool/last_heartbeat_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the last heartbeat",
                  "Time since any worker of the work pool last sent a heartbeat. Not written for a"
                      + " pool without workers.",
                  POOL),
              WorkPoolMetrics::heartbeatAges),
          Level.detail(
              gauge(
                  "worker/heartbeat_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the worker's last heartbeat",
                  "Time since the worker last sent a heartbeat. Not written once that is an hour.",
                  POOL,
                  new Label("worker_name", "Name of the worker.")),
              WorkPoolMetrics::workerAges),
          new Level(
              gauge(
                  "work_pool/slots_used",
                  ValueType.INT64,
                  "1",
                  "Work pool slots used",
                  "Pending and running flow runs that take a slot of the work pool. Not written for"
                      + " a pool without a concurrency limit.",
                  POOL),
              WorkPoolMetrics::slotsUsed),
          new Level(
              gauge(
                  "work_pool/slot_limit",
                  ValueType.INT64,
                  "1",
                  "Work pool slot limit",
                  "Flow runs that the work pool may have at a time. Not written for a pool without"
                      + " a concurrency limit.",
                  POOL),
              WorkPoolMetrics::slotLimits));

  private WorkPoolMetrics() {}

  private static Optional<Map<List<String>, Value>> byPool(
      Snapshot seen, Function<WorkPool, Optional<Boolean>> state) {
    return seen.workPools()
        .map(pools -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (WorkPool pool : pools) {
            state
                .apply(pool)
                .ifPresent(on ->
                    values.put(
                        row(LabelValue.clean(pool.name()), LabelValue.clean(pool.type())),
                        flag(on)));
          }
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> workerCounts(Snapshot seen) {
    if (seen.workPools().isEmpty() || seen.workers().isEmpty()) {
      return Optional.empty();
    }
    var values = new TreeMap<List<String>, Value>(Levels.ORDER);
    for (WorkPool pool : seen.workPools().get()) {
      if (pool.hasWorkers()) {
        for (String status : List.of("online", "stale", "offline")) {
          values.put(row(LabelValue.clean(pool.name()), status), new Int64Value(0));
        }
      }
    }
    for (Worker worker : seen.workers().get()) {
      values.merge(
          row(LabelValue.clean(worker.workPoolName()), status(worker, seen.now())),
          new Int64Value(1),
          Value::plus);
    }
    return Optional.of(values);
  }

  static boolean isOnline(Worker worker, Instant now) {
    return status(worker, now).equals("online");
  }

  private static String status(Worker worker, Instant now) {
    if (!worker.online()) {
      return "offline";
    }
    // In whole numbers: Duration multiplies as big decimals do, which take long to load.
    Instant expected = now.minusMillis(worker.heartbeatInterval().toMillis() * MISSED_HEARTBEATS);
    return worker.lastHeartbeat().filter(last -> !last.isBefore(expected)).isPresent()
        ? "online"
        : "stale";
  }

  private static Optional<Map<List<String>, Value>> workerAges(Snapshot seen) {
    return seen.workers()
        .map(workers -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (Worker worker : workers) {
            worker
                .lastHeartbeat()
                .filter(last -> last.plus(DEAD_AFTER).isAfter(seen.now()))
                .ifPresent(last ->
                    values.put(
                        row(
                            LabelValue.clean(worker.workPoolName()),
                            LabelValue.clean(worker.name())),
                        age(last, seen.now())));
          }
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> heartbeatAges(Snapshot seen) {
    return seen.workers()
        .map(workers -> {
          var last = new TreeMap<String, Instant>();
          for (Worker worker : workers) {
            worker
                .lastHeartbeat()
                .ifPresent(time ->
                    last.merge(
                        worker.workPoolName(),
                        time,
                        (one, other) -> one.isBefore(other) ? other : one));
          }
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          last.forEach(
              (pool, time) -> values.put(row(LabelValue.clean(pool)), age(time, seen.now())));
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> slotsUsed(Snapshot seen) {
    return limited(seen, Slots::used);
  }

  private static Optional<Map<List<String>, Value>> slotLimits(Snapshot seen) {
    return limited(seen, slots -> Optional.of(slots.limit()));
  }

  private static Optional<Map<List<String>, Value>> limited(
      Snapshot seen, Function<Slots, Optional<Long>> count) {
    return seen.workPools()
        .map(pools -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (WorkPool pool : pools) {
            seen.slots(pool)
                .flatMap(count)
                .ifPresent(
                    slots -> values.put(row(LabelValue.clean(pool.name())), new Int64Value(slots)));
          }
          return values;
        });
  }
}
