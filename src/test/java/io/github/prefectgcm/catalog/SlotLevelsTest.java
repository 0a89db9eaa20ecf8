package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.K8S;
import static io.github.prefectgcm.catalog.SmallWorkspace.NIGHTLY_DEPLOYMENT;
import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.metric.Int64Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots of work pools, work queues and concurrency limits. */
class SlotLevelsTest {
  private static final Optional<Slots> THREE_OF_FIVE = Optional.of(new Slots(5, Optional.of(3L)));

  /** As servers before 3.6.23 have it. */
  private static final Optional<Slots> UNTOLD_OF_FIVE = Optional.of(new Slots(5, Optional.empty()));

  @Test
  void aPoolWithALimitTellsItsSlots() {
    Snapshot seen = new Sight().pools(List.of(K8S, pool("gpu", THREE_OF_FIVE))).snapshot();

    assertEquals(Map.of(List.of("gpu"), whole(3)), measured("work_pool/slots_used", seen));
    assertEquals(Map.of(List.of("gpu"), whole(5)), measured("work_pool/slot_limit", seen));
  }

  @Test
  void whereTheServerDoesNotTellPendingAndRunningRunsTakeASlot() {
    var pools = List.of(pool("gpu", UNTOLD_OF_FIVE));
    var queue = queue("gpu", "high", UNTOLD_OF_FIVE);
    CurrentRun[] runs = {
      run("gpu", "high", CurrentState.PENDING),
      run("gpu", "high", CurrentState.RUNNING),
      run("gpu", "high", CurrentState.PAUSED),
      run("gpu", "high", CurrentState.CANCELLING),
      run("gpu", "high", CurrentState.LATE),
      run("gpu", "low", CurrentState.RUNNING),
      run("k8s", "high", CurrentState.RUNNING),
    };
    Snapshot seen = new Sight().pools(pools).queues(queue).runs(runs).snapshot();

    assertEquals(Map.of(List.of("gpu"), whole(3)), measured("work_pool/slots_used", seen));
    assertEquals(Map.of(List.of("gpu", "high"), whole(2)), measured("work_queue/slots_used", seen));
  }

  /** A limit is known all the same; how much of it is taken is not 0. */
  @Test
  void whereNeitherServerNorRunsTellNothingIsWritten() {
    Snapshot seen =
        new Sight()
            .pools(List.of(pool("gpu", UNTOLD_OF_FIVE)))
            .queues(queue("gpu", "high", UNTOLD_OF_FIVE))
            .snapshot();

    assertEquals(Map.of(), measured("work_pool/slots_used", seen));
    assertEquals(Map.of(List.of("gpu"), whole(5)), measured("work_pool/slot_limit", seen));
    assertEquals(Map.of(), measured("work_queue/slots_used", seen));
    assertEquals(Map.of(List.of("gpu", "high"), whole(5)), measured("work_queue/slot_limit", seen));
  }

  @Test
  void aQueueWithALimitOfItsOwnTellsItsSlots() {
    Snapshot seen =
        new Sight()
            .queues(queue("gpu", "high", THREE_OF_FIVE), queue("gpu", "low", Optional.empty()))
            .snapshot();

    assertEquals(Map.of(List.of("gpu", "high"), whole(3)), measured("work_queue/slots_used", seen));
    assertEquals(Map.of(List.of("gpu", "high"), whole(5)), measured("work_queue/slot_limit", seen));
  }

  @Test
  void limitsAreToldByKindAndThoseOfDeploymentsByName() {
    Snapshot seen =
        new Sight()
            .deployments(NIGHTLY_DEPLOYMENT)
            .limits(
                limit(ConcurrencyLimit.Kind.GLOBAL, "db", 2),
                limit(ConcurrencyLimit.Kind.TAG, "db", 4),
                limit(ConcurrencyLimit.Kind.DEPLOYMENT, NIGHTLY_DEPLOYMENT.id(), 6),
                limit(ConcurrencyLimit.Kind.DEPLOYMENT, "of a deployment that is gone", 8))
            .snapshot();

    assertEquals(
        Map.of(
            List.of("db", "global"), whole(1),
            List.of("db", "tag"), whole(1),
            List.of("etl/nightly", "deployment"), whole(1)),
        measured("concurrency_limit/slots_used", seen));
    assertEquals(
        Map.of(
            List.of("db", "global"), whole(2),
            List.of("db", "tag"), whole(4),
            List.of("etl/nightly", "deployment"), whole(6)),
        measured("concurrency_limit/slot_limit", seen));
  }

  @Test
  void withoutDeploymentsTheirLimitsHaveNoName() {
    Snapshot seen =
        new Sight()
            .limits(
                limit(ConcurrencyLimit.Kind.GLOBAL, "a\nb", 2),
                limit(ConcurrencyLimit.Kind.DEPLOYMENT, NIGHTLY_DEPLOYMENT.id(), 6))
            .snapshot();

    assertEquals(
        Map.of(List.of("a b", "global"), whole(2)), measured("concurrency_limit/slot_limit", seen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "work_pool/slots_used",
        "work_pool/slot_limit",
        "work_queue/slots_used",
        "work_queue/slot_limit",
        "concurrency_limit/slots_used",
        "concurrency_limit/slot_limit"
      })
  void whatCouldNotBeReadIsNotWritten(String metric) {
    Snapshot seen =
        new Sight().runs(run("gpu", "high", CurrentState.RUNNING)).workers(List.of()).snapshot();

    assertEquals(Map.of(), measured(metric, seen));
  }

  private static WorkPool pool(String name, Optional<Slots> slots) {
    return new WorkPool(name, "process", Optional.of(true), false, slots);
  }

  private static WorkQueue queue(String pool, String name, Optional<Slots> slots) {
    return new WorkQueue(pool, name, Optional.of(true), false, Optional.empty(), slots);
  }

  private static ConcurrencyLimit limit(ConcurrencyLimit.Kind kind, String name, long limit) {
    return new ConcurrencyLimit(kind, name, new Slots(limit, Optional.of(1L)));
  }

  private static CurrentRun run(String pool, String queue, CurrentState state) {
    return new CurrentRun(pool, queue, "", state, false, NOON, NOON);
  }

  private static Int64Value whole(long value) {
    return new Int64Value(value);
  }
}
