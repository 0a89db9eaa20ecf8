package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queues, slots and limits. */
class QueueReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Workspace workspace = new Workspace(1);
  private final Pool k8s = workspace.workPool("k8s", "kubernetes").limit(3);

  @Test
  void theQueuesOfAllPoolsComeInOneRequest() throws Exception {
    workspace.workPool("idle", "process");
    var urgent = workspace.workQueue(k8s, "urgent").limit(2).polled(NOON.minusSeconds(9));
    workspace.workQueue(k8s, "held").paused(true);
    var daily = workspace.deployment(workspace.flow("etl"), "daily", k8s).in(urgent);
    workspace.scheduled(daily, NOON.minusSeconds(60)).pending(NOON.minusSeconds(50));
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      Optional<Boolean> no = Optional.of(false);
      assertEquals(
          List.of(
              new WorkQueue("idle", "default", no, false, Optional.empty(), Optional.empty()),
              new WorkQueue("k8s", "default", no, false, Optional.empty(), Optional.empty()),
              new WorkQueue("k8s", "held", no, true, Optional.empty(), Optional.empty()),
              new WorkQueue(
                  "k8s",
                  "urgent",
                  Optional.of(true),
                  false,
                  Optional.of(NOON.minusSeconds(9)),
                  Optional.of(new Slots(2, Optional.of(1L))))),
          sorted(source.workQueues()));
      assertEquals(1, prefect.requests().size());
    }
  }

  @Test
  void queuesOnSeveralPagesAreAllThere() throws Exception {
    IntStream.range(0, 22).forEach(queue -> workspace.workQueue(k8s, "queue-" + queue));
    try (var prefect = start(5);
        var source = TestConnections.open(prefect.apiUrl())) {
      assertEquals(23, source.workQueues().size());
    }
  }

  /** All named default, which is all that the server sorts them by: no reason to fail. */
  @Test
  void queuesThatTheServerDoesNotKeepInOrderAreRead() throws Exception {
    IntStream.range(0, 22).forEach(pool -> workspace.workPool("pool-" + pool, "process"));
    try (var prefect = start(5);
        var source = TestConnections.open(prefect.apiUrl())) {
      assertTrue(source.workQueues().size() > 10);
    }
  }

  @Test
  void aPoolTellsItsSlotsSinceTheServerDoes() throws Exception {
    var daily = workspace.deployment(workspace.flow("etl"), "daily", k8s);
    workspace.scheduled(daily, NOON.minusSeconds(60)).running(NOON.minusSeconds(50));
    for (String version : List.of("3.6.22", "3.6.23")) {
      try (var prefect =
              EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON)).version(version).start();
          var source = TestConnections.open(prefect.apiUrl())) {
        Optional<Long> used = version.equals("3.6.22") ? Optional.empty() : Optional.of(1L);
        assertEquals(
            List.of(
                new WorkPool(
                    "k8s",
                    "kubernetes",
                    Optional.of(false),
                    false,
                    Optional.of(new Slots(3, used)))),
            source.inventory().workPools());
      }
    }
  }

  @Test
  void limitsThatAreActiveComeByKind() throws Exception {
    workspace.concurrencyLimit("db", 5).used(2);
    workspace.concurrencyLimit("tag:big", 1).used(1);
    workspace.concurrencyLimit("off", 7).inactive();
    var daily = workspace.deployment(workspace.flow("etl"), "daily", k8s).limit(4);
    workspace.scheduled(daily, NOON.minusSeconds(60)).running(NOON.minusSeconds(50));
    try (var prefect = start(2);
        var source = TestConnections.open(prefect.apiUrl())) {
      assertEquals(
          List.of(
              limit(ConcurrencyLimit.Kind.GLOBAL, "db", 5, 2),
              limit(ConcurrencyLimit.Kind.TAG, "big", 1, 1),
              limit(ConcurrencyLimit.Kind.DEPLOYMENT, daily.id(), 4, 1)),
          source.concurrencyLimits().stream()
              .sorted(Comparator.comparing(ConcurrencyLimit::kind))
              .toList());
    }
  }

  @Test
  void aDeploymentTellsWhetherItIsPausedAndItsSlots() throws Exception {
    var etl = workspace.flow("etl");
    var daily = workspace.deployment(etl, "daily", k8s).limit(4);
    var held = workspace.deployment(etl, "held", k8s).paused(true);
    workspace.scheduled(daily, NOON.minusSeconds(60)).running(NOON.minusSeconds(50));
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      assertEquals(
          List.of(
              new Deployment(
                  daily.id(),
                  new Origin("etl", "daily", "k8s"),
                  false,
                  Optional.of(new Slots(4, Optional.of(1L))),
                  Optional.of(false),
                  false),
              new Deployment(
                  held.id(),
                  new Origin("etl", "held", "k8s"),
                  true,
                  Optional.empty(),
                  Optional.of(false),
                  false)),
          source.inventory().deployments());
    }
  }

  @Test
  void aDeploymentsLimitMayBeOffOrOfAnOldKind() throws Exception {
    workspace.deployment(workspace.flow("etl"), "daily", k8s).limit(4);
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      prefect.onEvery(
          "/deployments/filter",
          HttpFault.edited(
              row -> row.getAsJsonObject("global_concurrency_limit").addProperty("active", false)));
      assertEquals(
          Optional.empty(), source.inventory().deployments().getFirst().slots(), "switched off");
      prefect.onEvery(
          "/deployments/filter",
          HttpFault.edited(row -> {
            row.remove("global_concurrency_limit");
            row.addProperty("concurrency_limit", 3);
          }));
      assertEquals(
          Optional.of(new Slots(3, Optional.empty())),
          source.inventory().deployments().getFirst().slots());
    }
  }

  @Test
  void aServerWithoutSuchLimitsHasNone() throws Exception {
    workspace.concurrencyLimit("db", 5);
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      prefect.onEvery(
          "/v2/concurrency_limits/filter",
          HttpFault.status(
              404, Map.of("content-type", "application/json"), "{\"detail\":\"Not Found\"}"));
      assertEquals(List.of(), source.concurrencyLimits());
    }
  }

  @Test
  void aServerThatRefusesToListThemIsAFailure() throws Exception {
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      prefect.onEvery("/v2/concurrency_limits/filter", HttpFault.status(403));
      prefect.onEvery("/work_queues/filter", HttpFault.status(403));
      assertThrows(SourceException.class, source::concurrencyLimits);
      assertThrows(SourceException.class, source::workQueues);
    }
  }

  private static ConcurrencyLimit limit(
      ConcurrencyLimit.Kind kind, String name, long limit, long used) {
    return new ConcurrencyLimit(kind, name, new Slots(limit, Optional.of(used)));
  }

  private static List<WorkQueue> sorted(List<WorkQueue> queues) {
    return queues.stream()
        .sorted(Comparator.comparing(WorkQueue::workPoolName).thenComparing(WorkQueue::name))
        .toList();
  }

  private EmbeddedPrefect start(int limit) {
    return EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON)).limit(limit).start();
  }
}
