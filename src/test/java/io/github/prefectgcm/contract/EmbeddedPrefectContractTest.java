package io.github.prefectgcm.contract;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract of the embedded server, with the workspace that the real one is given. */
class EmbeddedPrefectContractTest extends PrefectContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Workspace workspace = new Workspace(1);
  private final Flow etl = workspace.flow("etl");
  private final Flow other = workspace.flow("other");
  private final Pool pool = workspace.workPool("processes", "process");
  private final ServerDeployment daily = workspace.deployment(etl, "daily", pool);
  private final Pool narrow = workspace.workPool("narrow", "process").limit(2);
  private final ServerDeployment narrowly = workspace.deployment(etl, "narrowly", narrow);
  private final ServerDeployment gone = workspace.deployment(other, "gone", pool);
  private final List<FinishedRun> finished = new ArrayList<>();
  private final List<FinishedRun> subflows = new ArrayList<>();
  private final List<KnownWorkspace.Open> open = new ArrayList<>();
  private final EmbeddedPrefect prefect;
  private final EmbeddedPrefect protectedPrefect;

  EmbeddedPrefectContractTest() {
    workspace.workPool("idle", "docker");
    setLimits();
    workspace.worker(pool, "worker-1", NOON.minusSeconds(600), NOON.minusSeconds(300));
    finish();
    leaveOpen();
    workspace.delete(gone, NOON.minusSeconds(1));
    var clock = InstantSource.fixed(NOON);
    prefect = EmbeddedPrefect.of(workspace, clock).limit(5).start();
    protectedPrefect =
        EmbeddedPrefect.of(new Workspace(2), clock).authString("admin:pass").csrf().start();
  }

  @AfterEach
  void close() {
    prefect.close();
    protectedPrefect.close();
  }

  private void setLimits() {
    pool.defaultQueue().polled(NOON.minusSeconds(300));
    var urgent = workspace.workQueue(narrow, "urgent").limit(1);
    workspace.workQueue(narrow, "held").paused(true);
    Instant due = NOON.minusSeconds(180);
    workspace.scheduled(narrowly.in(urgent).limit(4).paused(true), due).pending(due);
    open.add(new KnownWorkspace.Open("narrow", "urgent", CurrentState.PENDING, false));
    workspace.concurrencyLimit("database", 5).used(2);
    workspace.concurrencyLimit("unused", 5).inactive();
    workspace.concurrencyLimit("tag:heavy", 3);
  }

  private void finish() {
    for (FinalState state : FinalState.values()) {
      Instant end = NOON.minusSeconds(500);
      ServerStateType type = ServerStateType.valueOf(state.name());
      workspace.finished(daily, type, end, Duration.ofMillis(1_500));
      ended("daily", type, 1, Duration.ofMillis(1_500), end);
    }
    for (int i = 0; i < 12; i++) {
      Instant end = NOON.minusSeconds(400);
      workspace.finished(daily, ServerStateType.COMPLETED, end, Duration.ofSeconds(i));
      ended("daily", ServerStateType.COMPLETED, 1, Duration.ofSeconds(i), end);
    }
    workspace.neverStarted(daily, ServerStateType.CANCELLED, NOON.minusSeconds(300));
    ended("daily", ServerStateType.CANCELLED, 0, Duration.ZERO, NOON.minusSeconds(300));
    workspace.withdrawn(daily, ServerStateType.CANCELLED, NOON.minusSeconds(290));
    cancelled(EndReason.WITHDRAWN, NOON.minusSeconds(290));
    workspace.overLimit(daily, NOON.minusSeconds(280));
    cancelled(EndReason.CONCURRENCY_LIMIT, NOON.minusSeconds(280));
    retryAndRerun();
    workspace.finished(
        gone, ServerStateType.CRASHED, NOON.minusSeconds(200), Duration.ofSeconds(1));
    finished.add(
        run(
            new Origin("other", Origin.DELETED, "processes"),
            ServerStateType.CRASHED,
            1,
            Duration.ofSeconds(1),
            NOON.minusSeconds(200)));
    workspace.finished(
        other, ServerStateType.COMPLETED, NOON.minusSeconds(150), Duration.ofSeconds(1));
    finished.add(
        run(
            new Origin("other", "", ""),
            ServerStateType.COMPLETED,
            1,
            Duration.ofSeconds(1),
            NOON.minusSeconds(150)));
    Instant called = NOON.minusSeconds(140);
    workspace
        .subflow(other, called)
        .running(called)
        .enters(ServerStateType.FAILED, called.plusSeconds(2));
    subflows.add(
        run(
            new Origin("other", "", ""),
            ServerStateType.FAILED,
            1,
            Duration.ofSeconds(2),
            called.plusSeconds(2)));
  }

  private void retryAndRerun() {
    Instant start = NOON.minusSeconds(250);
    workspace
        .scheduled(daily, start)
        .running(start)
        .awaits("AwaitingRetry", start.plusSeconds(1), start.plusSeconds(2))
        .running(start.plusSeconds(3))
        .enters(ServerStateType.COMPLETED, start.plusSeconds(5));
    ended("daily", ServerStateType.COMPLETED, 2, Duration.ofSeconds(3), start.plusSeconds(5));
    workspace
        .scheduled(daily, start)
        .running(start)
        .enters(ServerStateType.FAILED, start.plusSeconds(1))
        .awaits("Scheduled", start.plusSeconds(10), start.plusSeconds(10))
        .running(start.plusSeconds(11))
        .enters(ServerStateType.COMPLETED, start.plusSeconds(12))
        .enters(ServerStateType.CRASHED, start.plusSeconds(13));
    ended("daily", ServerStateType.CRASHED, 2, Duration.ofSeconds(2), start.plusSeconds(12));
  }

  private void leaveOpen() {
    Instant due = NOON.minusSeconds(180);
    workspace.scheduled(daily, NOON.plusSeconds(600));
    workspace.scheduled(daily, due);
    open(CurrentState.LATE, false);
    workspace.scheduled(daily, due).running(due).awaits("AwaitingRetry", due.plusSeconds(1), due);
    open(CurrentState.AWAITING_RETRY, true);
    Instant later = NOON.plusSeconds(3_600);
    workspace.scheduled(daily, due).running(due).awaits("AwaitingRetry", due.plusSeconds(1), later);
    open(CurrentState.AWAITING_RETRY, true);
    workspace.scheduled(daily, due).pending(due).awaits("AwaitingConcurrencySlot", due, due);
    open(CurrentState.AWAITING_CONCURRENCY_SLOT, false);
    for (int i = 0; i < 3; i++) {
      workspace
          .scheduled(daily, due)
          .awaits("AwaitingConcurrencySlot", due, due.plusSeconds(30))
          .awaits("AwaitingConcurrencySlot", NOON.minusSeconds(5), NOON.plusSeconds(25));
      open(CurrentState.AWAITING_CONCURRENCY_SLOT, false);
    }
    workspace.scheduled(daily, due).pending(due);
    open(CurrentState.PENDING, false);
    workspace.scheduled(daily, due).running(due);
    open(CurrentState.RUNNING, true);
    workspace.scheduled(daily, due).running(due).enters(ServerStateType.PAUSED, due);
    open(CurrentState.PAUSED, true);
    workspace.scheduled(daily, due).running(due).enters(ServerStateType.PAUSED, "Suspended", due);
    open(CurrentState.PAUSED, true);
    workspace
        .scheduled(daily, due)
        .running(due)
        .enters(ServerStateType.PAUSED, "Suspended", due)
        .awaits("Resuming", NOON.minusSeconds(9), NOON.minusSeconds(9));
    open(CurrentState.DUE, true);
    workspace.scheduled(daily, due).running(due).enters(ServerStateType.CANCELLING, due);
    open(CurrentState.CANCELLING, true);
  }

  private void ended(String name, ServerStateType state, int runs, Duration runTime, Instant end) {
    finished.add(run(new Origin("etl", name, "processes"), state, runs, runTime, end));
  }

  private void cancelled(EndReason reason, Instant end) {
    var origin = new Origin("etl", "daily", "processes");
    finished.add(new FinishedRun(origin, FinalState.CANCELLED, 0, Duration.ZERO, end, reason));
  }

  private static FinishedRun run(
      Origin origin, ServerStateType state, int runs, Duration runTime, Instant end) {
    return new FinishedRun(origin, FinalState.valueOf(state.name()), runs, runTime, end);
  }

  private void open(CurrentState state, boolean started) {
    open.add(new KnownWorkspace.Open("processes", "default", state, started));
  }

  @Override
  URI apiUrl() {
    return prefect.apiUrl();
  }

  @Override
  URI protectedUrl() {
    return protectedPrefect.apiUrl();
  }

  @Override
  KnownWorkspace truth() {
    return new KnownWorkspace(
        NOON,
        finished,
        subflows,
        open,
        Set.of("etl", "other"),
        Set.of("daily", "narrowly"),
        Set.of("narrowly"),
        Map.of("processes", "process", "idle", "docker", "narrow", "process"),
        Set.of("worker-1"),
        Map.of("narrow", slots(2, 1)),
        Set.of(
            new KnownWorkspace.Queue("processes", "default", false, true, Optional.empty()),
            new KnownWorkspace.Queue("idle", "default", false, false, Optional.empty()),
            new KnownWorkspace.Queue("narrow", "default", false, false, Optional.empty()),
            new KnownWorkspace.Queue("narrow", "held", true, false, Optional.empty()),
            new KnownWorkspace.Queue("narrow", "urgent", false, false, Optional.of(slots(1, 1)))),
        Set.of(
            new ConcurrencyLimit(ConcurrencyLimit.Kind.GLOBAL, "database", slots(5, 2)),
            new ConcurrencyLimit(ConcurrencyLimit.Kind.TAG, "heavy", slots(3, 0)),
            new ConcurrencyLimit(ConcurrencyLimit.Kind.DEPLOYMENT, narrowly.id(), slots(4, 1))));
  }

  private static Slots slots(long limit, long used) {
    return new Slots(limit, Optional.of(used));
  }
}
