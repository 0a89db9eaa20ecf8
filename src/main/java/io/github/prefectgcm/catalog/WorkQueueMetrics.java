package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.age;
import static io.github.prefectgcm.catalog.Levels.flag;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.catalog.CurrentRunCounts.Line;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Levels of work queues: how much waits in them, and whether anybody looks. */
final class WorkQueueMetrics {
  private static final Label POOL = Dimension.WORK_POOL_NAME.label();
  private static final Label QUEUE = new Label("work_queue_name", "Name of the work queue.");

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "work_queue/backlog_count",
                  ValueType.INT64,
                  "1",
                  "Work queue backlog",
                  "Flow runs of the work queue that are due, have not started and are with no"
                      + " worker yet, those that wait for a concurrency slot included. Made for"
                      + " scaling workers by it.",
                  POOL,
                  QUEUE),
              seen -> byLine(seen, (runs, queue) -> new Int64Value(runs.waitingIn(queue).count()))),
          new Level(
              gauge(
                  "work_queue/oldest_backlog_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the work queue's backlog",
                  "How long ago the most overdue flow run of the backlog was due; 0 if there is no"
                      + " backlog.",
                  POOL,
                  QUEUE),
              seen ->
                  byLine(seen, (runs, queue) -> age(runs.waitingIn(queue).oldest(), seen.now()))),
          new Level(
              gauge(
                  "work_queue/last_poll_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the work queue's last poll",
                  "Time since a worker last asked the work queue for flow runs. Not written for a"
                      + " work queue that was never asked.",
                  POOL,
                  QUEUE),
              seen ->
                  byQueue(seen, queue -> queue.lastPolled().map(last -> age(last, seen.now())))),
          Level.detail(
              gauge(
                  "work_queue/ready",
                  ValueType.INT64,
                  "1",
                  "Work queue ready",
                  "1 if the work queue was polled of late and is not paused, else 0. Not written"
                      + " for a work queue of which Prefect keeps no status.",
                  POOL,
                  QUEUE),
              seen -> byQueue(seen, queue -> queue.ready().map(Levels::flag))),
          Level.detail(
              gauge(
                  "work_queue/paused",
                  ValueType.INT64,
                  "1",
                  "Work queue paused",
                  "1 if the work queue is paused, else 0.",
                  POOL,
                  QUEUE),
              seen -> byQueue(seen, queue -> Optional.of(flag(queue.paused())))),
          Level.detail(
              gauge(
                  "work_queue/slots_used",
                  ValueType.INT64,
                  "1",
                  "Work queue slots used",
                  "Pending and running flow runs that take a slot of the work queue. Not written"
                      + " for a work queue without a concurrency limit of its own.",
                  POOL,
                  QUEUE),
              seen ->
                  byQueue(
                      seen, queue -> seen.slots(queue).flatMap(Slots::used).map(Int64Value::new))),
          Level.detail(
              gauge(
                  "work_queue/slot_limit",
                  ValueType.INT64,
                  "1",
                  "Work queue slot limit",
                  "Flow runs that the work queue may have at a time. Not written for a work queue"
                      + " without a concurrency limit of its own.",
                  POOL,
                  QUEUE),
              seen ->
                  byQueue(seen, queue -> queue.slots().map(Slots::limit).map(Int64Value::new))));

  private WorkQueueMetrics() {}

  private static Optional<Map<List<String>, Value>> byQueue(
      Snapshot seen, Function<WorkQueue, Optional<Value>> value) {
    return seen.workQueues()
        .map(queues -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (WorkQueue queue : queues) {
            value
                .apply(queue)
                .ifPresent(
                    measured -> values.put(labels(queue.workPoolName(), queue.name()), measured));
          }
          return values;
        });
  }

  /** Queues that exist, and queues that runs wait in; runs without a work pool have no queue. */
  private static Optional<Map<List<String>, Value>> byLine(
      Snapshot seen, BiFunction<CurrentRunCounts, Line, Value> value) {
    return seen.currentRuns()
        .map(runs -> {
          var lines = new HashSet<>(runs.queues());
          seen.workQueues().orElse(List.of()).stream()
              .map(queue -> Line.of(queue.workPoolName(), queue.name()))
              .forEach(lines::add);
          lines.removeIf(line -> line.workPoolName().isEmpty());
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (Line line : lines) {
            values.put(labels(line.workPoolName(), line.workQueueName()), value.apply(runs, line));
          }
          return values;
        });
  }

  private static List<String> labels(String workPoolName, String workQueueName) {
    return row(LabelValue.clean(workPoolName), LabelValue.clean(workQueueName));
  }
}
