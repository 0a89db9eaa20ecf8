package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LateReasonsTest {
  private static final Origin ORIGIN = new Origin("etl", "daily", "k8s");
  private static final Optional<Slots> FULL = Optional.of(new Slots(1, Optional.of(1L)));
  private static final Optional<Slots> FREE = Optional.of(new Slots(2, Optional.of(1L)));
  private static final Optional<Slots> UNTOLD = Optional.of(new Slots(1, Optional.empty()));
  private static final List<Worker> ONLINE = List.of(worker(true, 10));
  private static final List<Worker> AWAY = List.of(worker(false, 10), worker(true, 91));

  private static final CurrentRun LATE = run(CurrentState.LATE);

  /** Everything that can hold a run back holds it back; then one thing after the other does not. */
  @Test
  void theFirstReasonThatHoldsCounts() {
    assertEquals(
        "deployment_paused",
        reason(deployment(true, FULL), pool(true, FULL), queue(true, FULL), AWAY));
    assertEquals(
        "pool_paused", reason(deployment(false, FULL), pool(true, FULL), queue(true, FULL), AWAY));
    assertEquals(
        "queue_paused",
        reason(deployment(false, FULL), pool(false, FULL), queue(true, FULL), AWAY));
    assertEquals(
        "no_worker", reason(deployment(false, FULL), pool(false, FULL), queue(false, FULL), AWAY));
    assertEquals(
        "deployment_full",
        reason(deployment(false, FULL), pool(false, FULL), queue(false, FULL), ONLINE));
    assertEquals(
        "pool_full",
        reason(deployment(false, FREE), pool(false, FULL), queue(false, FULL), ONLINE));
    assertEquals(
        "queue_full",
        reason(deployment(false, FREE), pool(false, FREE), queue(false, FULL), ONLINE));
    assertEquals(
        "unexplained",
        reason(deployment(false, FREE), pool(false, FREE), queue(false, FREE), ONLINE));
  }

  @Test
  void aPoolThatNeedsNoWorkerMissesNone() {
    var push = new WorkPool("k8s", "cloud-run:push", Optional.of(true), false);

    assertEquals(
        "unexplained", reason(sight(deployment(false, FREE), push, queue(false, FREE), List.of())));
  }

  @Test
  void aListThatCouldNotBeReadIsNoReason() {
    var nothing = new Sight().runs(LATE);
    var withoutWorkers =
        new Sight()
            .runs(LATE)
            .deployments(deployment(false, FREE))
            .pools(List.of(pool(false, FREE)))
            .queues(queue(false, FULL));
    var withoutQueues =
        new Sight()
            .runs(LATE)
            .deployments(deployment(false, FREE))
            .pools(List.of(pool(false, FREE)))
            .workers(ONLINE);

    assertEquals("unexplained", reason(nothing));
    assertEquals("queue_full", reason(withoutWorkers));
    assertEquals("unexplained", reason(withoutQueues));
  }

  /** Old servers tell limits without what is taken of them. */
  @Test
  void whereTheServerDoesNotTellTheRunsThatTakeSlotsAreCounted() {
    var running = run(CurrentState.RUNNING);
    var cancelling = run(CurrentState.CANCELLING);

    assertEquals(
        "deployment_full",
        reason(
            sight(deployment(false, UNTOLD), pool(false, FREE), queue(false, FREE), ONLINE)
                .runs(LATE, cancelling)));
    assertEquals(
        "pool_full",
        reason(
            sight(deployment(false, FREE), pool(false, UNTOLD), queue(false, FREE), ONLINE)
                .runs(LATE, running)));
    assertEquals(
        "queue_full",
        reason(
            sight(deployment(false, FREE), pool(false, FREE), queue(false, UNTOLD), ONLINE)
                .runs(LATE, running)));
    assertEquals(
        "unexplained",
        reason(
            sight(deployment(false, FREE), pool(false, UNTOLD), queue(false, UNTOLD), ONLINE)
                .runs(LATE, cancelling)));
  }

  @Test
  void runsAddUpByPoolAndReasonAndEveryReasonIsThere() {
    var served = new CurrentRun("", "", "other", CurrentState.LATE, false, due(), due());
    Snapshot seen =
        sight(deployment(true, FREE), pool(false, FREE), queue(false, FREE), ONLINE)
            .runs(LATE, LATE, served)
            .snapshot();

    Map<List<String>, Value> measured = measured("flow_run/late_count", seen);

    assertEquals(
        Map.of(
            List.of("", "unexplained"), new Int64Value(1),
            List.of("k8s", "deployment_paused"), new Int64Value(2)),
        measured.entrySet().stream()
            .filter(each -> !each.getValue().equals(new Int64Value(0)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    assertEquals(
        Stream.of("", "k8s")
            .flatMap(
                pool -> Stream.of(LateReason.values()).map(reason -> List.of(pool, reason.label())))
            .collect(Collectors.toSet()),
        measured.keySet());
  }

  private static String reason(
      Deployment deployment, WorkPool pool, WorkQueue queue, List<Worker> workers) {
    return reason(sight(deployment, pool, queue, workers));
  }

  /** The only reason for which any run is late. */
  private static String reason(Sight sight) {
    return measured("flow_run/late_count", sight.snapshot()).entrySet().stream()
        .filter(each -> !each.getValue().equals(new Int64Value(0)))
        .map(each -> each.getKey().getLast())
        .collect(Collectors.joining(" and "));
  }

  private static Sight sight(
      Deployment deployment, WorkPool pool, WorkQueue queue, List<Worker> workers) {
    return new Sight()
        .deployments(deployment)
        .pools(List.of(pool))
        .queues(queue)
        .workers(workers)
        .runs(LATE);
  }

  private static Deployment deployment(boolean paused, Optional<Slots> slots) {
    return new Deployment("id", ORIGIN, paused, slots);
  }

  private static WorkPool pool(boolean paused, Optional<Slots> slots) {
    return new WorkPool("k8s", "kubernetes", Optional.of(true), paused, slots);
  }

  private static WorkQueue queue(boolean paused, Optional<Slots> slots) {
    return new WorkQueue("k8s", "default", Optional.of(true), paused, Optional.empty(), slots);
  }

  private static Worker worker(boolean online, long silent) {
    return new Worker(
        "k8s", "w", online, Optional.of(NOON.minusSeconds(silent)), Duration.ofSeconds(30));
  }

  private static CurrentRun run(CurrentState state) {
    boolean started = state != CurrentState.LATE;
    return new CurrentRun("k8s", "default", "id", state, started, due(), due());
  }

  private static Instant due() {
    return NOON.minusSeconds(60);
  }
}
