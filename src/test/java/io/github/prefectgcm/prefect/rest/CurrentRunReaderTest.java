package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What exists and what is going on now. */
class CurrentRunReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Workspace workspace = new Workspace(1);
  private final Flow etl = workspace.flow("etl");
  private final Pool k8s = workspace.workPool("k8s", "kubernetes");

  @Test
  void theInventoryIsInOrderOfName() throws Exception {
    var report = workspace.flow("report");
    var weekly = workspace.deployment(report, "weekly", k8s);
    var daily = workspace.served(etl, "daily");
    workspace.workPool("agents", "prefect-agent");
    workspace.workPool("hold", "process").paused(true);
    try (var prefect = start(200)) {
      assertEquals(
          new Inventory(
              List.of(
                  deployment(daily.id(), new Origin("etl", "daily", "")),
                  deployment(weekly.id(), new Origin("report", "weekly", "k8s"))),
              Set.of("etl", "report"),
              List.of(
                  new WorkPool("agents", "prefect-agent", Optional.empty(), false),
                  new WorkPool("hold", "process", Optional.of(false), true),
                  new WorkPool("k8s", "kubernetes", Optional.of(false), false))),
          inventory(prefect));
    }
  }

  /** Nobody polls for its runs, and it has no schedule. */
  private static Deployment deployment(String id, Origin origin) {
    return new Deployment(id, origin, false, Optional.empty(), Optional.of(false), false);
  }

  @Test
  void deploymentsOfOneNameAreAllThere() throws Exception {
    for (int i = 0; i < 43; i++) {
      workspace.deployment(workspace.flow("flow-" + i), "prod", k8s);
    }
    try (var prefect = start(5)) {
      Inventory inventory = inventory(prefect);
      assertEquals(43, inventory.deployments().stream().distinct().count());
      assertEquals(44, inventory.flowNames().size());
    }
  }

  @Test
  void aDeploymentThatGoesWhileTheyAreReadHidesNoOther() throws Exception {
    var last = workspace.served(etl, "last");
    for (int i = 0; i < 20; i++) {
      last = workspace.served(etl, "daily-" + i);
    }
    var newest = last;
    try (var prefect = start(5)) {
      prefect.onNth(
          "/deployments/filter",
          2,
          HttpFault.after(() -> workspace.delete(newest, NOON.minusSeconds(1))));
      assertTrue(inventory(prefect).deployments().size() >= 20);
    }
  }

  @Test
  void aCountThatNeverFitsDoesNotHideWhatIsThere() throws Exception {
    for (int i = 0; i < 7; i++) {
      workspace.served(etl, "daily-" + i);
    }
    try (var prefect = start(5)) {
      prefect.onEvery("/deployments/count", HttpFault.body("99"));
      assertEquals(7, inventory(prefect).deployments().size());
    }
  }

  @Test
  void workersComeFromPoolsThatHaveThem() throws Exception {
    workspace.worker(k8s, "w 1", NOON.minusSeconds(600), NOON);
    workspace.worker(k8s, "gone", NOON.minusSeconds(6_000), NOON.minusSeconds(5_000));
    var odd = workspace.workPool("a/b c?", "process");
    workspace.worker(odd, "odd", NOON.minusSeconds(60), NOON);
    var pools =
        List.of(
            new WorkPool("k8s", "kubernetes", Optional.empty(), false),
            new WorkPool("a/b c?", "process", Optional.empty(), false),
            new WorkPool("deleted", "process", Optional.empty(), false),
            new WorkPool("push", "cloud-run:push", Optional.empty(), false));
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      Duration beat = Duration.ofSeconds(30);
      List<Worker> workers = new ArrayList<>(source.workers(pools));
      workers.sort(Comparator.comparing(Worker::name));
      assertEquals(
          List.of(
              new Worker("k8s", "gone", false, Optional.of(NOON.minusSeconds(5_010)), beat),
              new Worker("a/b c?", "odd", true, Optional.of(NOON), beat),
              new Worker("k8s", "w 1", true, Optional.of(NOON), beat)),
          workers);
      assertEquals(3, prefect.requests().size());
    }
  }

  @Test
  void expectedRunsAreCountedByState() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    Instant end = NOON.minusSeconds(600);
    workspace.finished(daily, ServerStateType.COMPLETED, end, Duration.ofSeconds(10));
    workspace.finished(daily, ServerStateType.COMPLETED, end, Duration.ofSeconds(20));
    workspace.scheduled(daily, NOON.minusSeconds(300));
    workspace.finished(
        daily, ServerStateType.FAILED, NOON.minusSeconds(90_000), Duration.ofSeconds(1));
    workspace.subflow(etl, end).running(end).enters(ServerStateType.COMPLETED, NOON);
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      var counts = new ArrayList<>(source.expectedRuns(NOON.minusSeconds(86_400), NOON));
      counts.sort(Comparator.comparing(StateCount::stateName));
      assertEquals(
          List.of(
              new StateCount("Completed", "Completed", true, 2, 30),
              new StateCount("Late", "Scheduled", false, 1, 0)),
          counts);
      assertEquals(1, prefect.requests().size());
    }
  }

  @Test
  void currentRunsAreThoseThatAreDueAndNotFinal() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    Instant due = NOON.minusSeconds(100);
    workspace.scheduled(daily, NOON.minusSeconds(5));
    workspace.scheduled(daily, due);
    workspace.scheduled(daily, NOON.plusSeconds(1));
    workspace
        .scheduled(daily, due)
        .running(due.plusSeconds(1))
        .awaits("AwaitingRetry", due.plusSeconds(2), due.plusSeconds(50));
    workspace
        .scheduled(daily, due)
        .awaits("AwaitingConcurrencySlot", due.plusSeconds(3), due.plusSeconds(33));
    workspace.scheduled(daily, due).pending(due.plusSeconds(4));
    workspace.adHoc(etl, due).running(due.plusSeconds(5));
    workspace.scheduled(daily, due).running(due).enters(ServerStateType.PAUSED, due.plusSeconds(6));
    workspace
        .scheduled(daily, due)
        .running(due)
        .enters(ServerStateType.CANCELLING, due.plusSeconds(7));
    workspace
        .scheduled(daily, due)
        .running(due)
        .enters(ServerStateType.CANCELLED, due.plusSeconds(8));
    workspace.subflow(etl, due);
    try (var prefect = start(2)) {
      List<CurrentRun> runs = currentRuns(prefect);
      runs.sort(Comparator.comparing(CurrentRun::state));
      assertEquals(
          List.of(
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.DUE,
                  false,
                  NOON.minusSeconds(5),
                  NOON.minusSeconds(3_605)),
              new CurrentRun(
                  "k8s", "default", daily.id(), CurrentState.LATE, false, due, due.plusSeconds(15)),
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.AWAITING_RETRY,
                  true,
                  due.plusSeconds(50),
                  due.plusSeconds(2)),
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.AWAITING_CONCURRENCY_SLOT,
                  false,
                  due,
                  due.plusSeconds(3)),
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.PENDING,
                  false,
                  due,
                  due.plusSeconds(4)),
              new CurrentRun("", "", "", CurrentState.RUNNING, true, due, due.plusSeconds(5)),
              new CurrentRun(
                  "k8s", "default", daily.id(), CurrentState.PAUSED, true, due, due.plusSeconds(6)),
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.CANCELLING,
                  true,
                  due,
                  due.plusSeconds(7))),
          runs);
    }
  }

  /** Prefect moves the time of these ahead at every attempt, so they are never due by it. */
  @Test
  void runsThatWaitForASlotOrARetryComeWhereverTheirNextAttemptIs() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    Instant due = NOON.minusSeconds(600);
    for (int i = 0; i < 3; i++) {
      workspace
          .scheduled(daily, due)
          .awaits("AwaitingConcurrencySlot", due, due.plusSeconds(30))
          .awaits("AwaitingConcurrencySlot", NOON.minusSeconds(10), NOON.plusSeconds(20));
    }
    workspace
        .scheduled(daily, due)
        .running(due)
        .awaits("AwaitingRetry", NOON.minusSeconds(5), NOON.plusSeconds(3_600));
    // A worker looks ahead: it asked for a slot before the run was due.
    workspace
        .scheduled(daily, NOON.plusSeconds(8))
        .awaits("AwaitingConcurrencySlot", NOON.minusSeconds(1), NOON.plusSeconds(29));
    // Put off on purpose.
    workspace.scheduled(daily, due).awaits("Scheduled", NOON.minusSeconds(1), NOON.plusSeconds(60));
    try (var prefect = start(2)) {
      List<CurrentRun> runs = currentRuns(prefect);
      runs.sort(Comparator.comparing(CurrentRun::state));
      var retry =
          new CurrentRun(
              "k8s",
              "default",
              daily.id(),
              CurrentState.AWAITING_RETRY,
              true,
              NOON.plusSeconds(3_600),
              NOON.minusSeconds(5));
      var slot =
          new CurrentRun(
              "k8s",
              "default",
              daily.id(),
              CurrentState.AWAITING_CONCURRENCY_SLOT,
              false,
              due,
              NOON.minusSeconds(10));
      assertEquals(List.of(retry, slot, slot, slot), runs);
    }
  }

  @Test
  void aSuspendedRunIsPausedAndOneThatResumesIsDue() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    Instant due = NOON.minusSeconds(600);
    workspace
        .scheduled(daily, due)
        .running(due)
        .enters(ServerStateType.PAUSED, "Suspended", due.plusSeconds(9));
    workspace
        .scheduled(daily, due)
        .running(due)
        .enters(ServerStateType.PAUSED, "Suspended", due.plusSeconds(9))
        .awaits("Resuming", NOON.minusSeconds(30), NOON.minusSeconds(30));
    try (var prefect = start(200)) {
      List<CurrentRun> runs = currentRuns(prefect);
      runs.sort(Comparator.comparing(CurrentRun::state));
      assertEquals(
          List.of(
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.DUE,
                  true,
                  NOON.minusSeconds(30),
                  NOON.minusSeconds(30)),
              new CurrentRun(
                  "k8s",
                  "default",
                  daily.id(),
                  CurrentState.PAUSED,
                  true,
                  due,
                  due.plusSeconds(9))),
          runs);
    }
  }

  /** A schedule makes a hundred runs ahead for each deployment. */
  @Test
  void runsOfTheFutureAreNotRead() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    for (int i = 1; i <= 100; i++) {
      workspace.scheduled(daily, NOON.minusSeconds(9_000), NOON.plusSeconds(i * 3_600L));
    }
    workspace.scheduled(daily, NOON.minusSeconds(9));
    try (var prefect = start(2)) {
      assertEquals(1, currentRuns(prefect).size());
      // One that learns the length of a page, and one for each kind: due, waiting, started.
      assertEquals(4, prefect.requests().size());
    }
  }

  @Test
  void runsThatAreDueAtOnceComeOnceEach() throws Exception {
    var daily = workspace.deployment(etl, "daily", k8s);
    for (int i = 0; i < 37; i++) {
      workspace.scheduled(daily, NOON.minusSeconds(100));
      workspace.scheduled(daily, NOON.minusSeconds(i % 3));
      workspace.scheduled(daily, NOON).pending(NOON);
    }
    try (var prefect = start(5)) {
      assertEquals(3 * 37, currentRuns(prefect).size());
    }
  }

  private static List<CurrentRun> currentRuns(EmbeddedPrefect prefect) throws SourceException {
    var runs = new ArrayList<CurrentRun>();
    try (var source = TestConnections.open(prefect.apiUrl())) {
      source.currentRuns(NOON, runs::add);
    }
    return runs;
  }

  private static Inventory inventory(EmbeddedPrefect prefect) throws SourceException {
    try (var source = TestConnections.open(prefect.apiUrl())) {
      return source.inventory();
    }
  }

  private EmbeddedPrefect start(int limit) {
    return EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON)).limit(limit).start();
  }
}
