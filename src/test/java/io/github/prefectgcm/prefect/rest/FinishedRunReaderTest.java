package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Undetailed;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every run of a window comes exactly once, or nothing counts. */
class FinishedRunReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Window WINDOW = new Window(NOON.minusSeconds(300), NOON);
  private static final String RUNS = "/flow_runs/filter";

  private final Workspace workspace = new Workspace(1);
  private final Flow etl = workspace.flow("etl");
  private final ServerDeployment daily =
      workspace.deployment(etl, "daily", workspace.workPool("k8s", "kubernetes"));

  @Test
  void aRunCarriesItsNamesStateCountAndTimes() throws Exception {
    workspace.finished(
        daily, ServerStateType.FAILED, NOON.minusNanos(500_000), Duration.ofMillis(3_250));
    assertEquals(
        List.of(
            new FinishedRun(
                new Origin("etl", "daily", "k8s"),
                FinalState.FAILED,
                1,
                Duration.ofMillis(3_250),
                NOON.minusNanos(500_000))),
        read(200));
  }

  @Test
  void aRunWithoutDeploymentOrStartHasEmptyNamesAndNoTime() throws Exception {
    workspace
        .adHoc(etl, NOON.minusSeconds(10))
        .enters(ServerStateType.CANCELLED, NOON.minusSeconds(5));
    assertEquals(
        List.of(
            new FinishedRun(
                new Origin("etl", "", ""),
                FinalState.CANCELLED,
                0,
                Duration.ZERO,
                NOON.minusSeconds(5),
                EndReason.WITHDRAWN)),
        read(200));
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
  void aRunThatEndedBeforeAnythingWasStartedForItWasWithdrawnUnlessItFailed(ServerStateType state)
      throws Exception {
    workspace.withdrawn(daily, state, NOON);
    boolean failed = state == ServerStateType.FAILED || state == ServerStateType.CRASHED;
    assertEquals(List.of(failed ? EndReason.OTHER : EndReason.WITHDRAWN), reasons());
  }

  @Test
  void aRunWithInfrastructureOrAStartWasNotWithdrawn() throws Exception {
    workspace.neverStarted(daily, ServerStateType.CANCELLED, NOON);
    workspace.finished(daily, ServerStateType.CANCELLED, NOON, Duration.ofSeconds(1));
    assertEquals(List.of(EndReason.OTHER, EndReason.OTHER), reasons());
  }

  @Test
  void aRunThatALimitCancelledSaysSoAlsoWhenItHadRunBefore() throws Exception {
    workspace.overLimit(daily, NOON);
    workspace
        .scheduled(daily, NOON.minusSeconds(90))
        .running(NOON.minusSeconds(80))
        .enters(ServerStateType.FAILED, NOON.minusSeconds(70))
        .awaits("Scheduled", NOON.minusSeconds(60), NOON.minusSeconds(60))
        .enters(ServerStateType.CANCELLED, NOON)
        .saying("Deployment concurrency limit reached.");
    assertEquals(List.of(EndReason.CONCURRENCY_LIMIT, EndReason.CONCURRENCY_LIMIT), reasons());
  }

  @Test
  void aMessageOfTheFlowsOwnIsNoLimit() throws Exception {
    workspace
        .finished(daily, ServerStateType.FAILED, NOON, Duration.ofSeconds(1))
        .saying("Deployment concurrency limit reached.");
    workspace
        .finished(daily, ServerStateType.CANCELLED, NOON, Duration.ofSeconds(1))
        .saying("Deployment concurrency limit reached. " + "x".repeat(1 << 20));
    assertEquals(List.of(EndReason.OTHER, EndReason.OTHER), reasons());
  }

  private List<EndReason> reasons() throws SourceException {
    return read(200).stream().map(FinishedRun::reason).toList();
  }

  @Test
  void theStartIsOutsideAndTheEndInside() throws Exception {
    ended(WINDOW.start());
    ended(WINDOW.start().plusNanos(1_000));
    ended(WINDOW.end());
    ended(WINDOW.end().plusNanos(1_000));
    assertEquals(
        List.of(WINDOW.end(), WINDOW.start().plusNanos(1_000)),
        read(200).stream().map(FinishedRun::endTime).toList());
  }

  @ParameterizedTest
  @CsvSource({
    // runs, of which with one end, page limit
    "0, 0, 5",
    "4, 0, 5",
    "5, 0, 5",
    "6, 0, 5",
    "23, 4, 5",
    "23, 5, 5",
    "23, 6, 5",
    "60, 37, 5",
    "30, 30, 5",
    "10, 2, 1",
    "1500, 1000, 200",
    "450, 400, 200"
  })
  void everyRunComesOnceWhateverSharesAnEnd(int runs, int ties, int limit) throws Exception {
    for (int i = 0; i < runs; i++) {
      ended(i < ties ? NOON.minusSeconds(100) : NOON.minusSeconds(1).minusMillis(190L * i));
    }
    List<FinishedRun> read = read(limit);
    assertEquals(runs, read.size());
    assertEquals(
        read.stream().sorted(Comparator.comparing(FinishedRun::endTime).reversed()).toList(), read);
    // Each run has a run time of its own.
    assertEquals(runs, read.stream().map(FinishedRun::runTime).distinct().count());
  }

  @Test
  void moreRunsThanManyPagesWithOneEndTime() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      ended(NOON.minusSeconds(100));
    }
    assertEquals(5_000, read(200).stream().map(FinishedRun::runTime).distinct().count());
  }

  @Test
  void aRunThatLeavesATieBetweenTwoPagesHidesNoOther() throws Exception {
    Instant end = NOON.minusSeconds(100);
    for (int i = 0; i < 30; i++) {
      ended(end);
    }
    var victim = workspace.finished(daily, ServerStateType.FAILED, end, Duration.ofHours(1));
    try (var prefect = start(5)) {
      // Rerun in the middle of the tie: it has no end any more.
      prefect.onNth(
          RUNS,
          4,
          HttpFault.after(() -> victim.awaits("AwaitingRetry", NOON.minusSeconds(90), NOON)));
      List<FinishedRun> read = read(prefect);
      Map<Duration, Long> count =
          read.stream().collect(Collectors.groupingBy(FinishedRun::runTime, Collectors.counting()));
      count.remove(Duration.ofHours(1));
      assertEquals(30, count.size());
      assertTrue(count.values().stream().allMatch(each -> each == 1));
    }
  }

  @Test
  void subflowRunsComeOnlyIfWanted() throws Exception {
    workspace
        .subflow(etl, NOON.minusSeconds(10))
        .running(NOON.minusSeconds(9))
        .enters(ServerStateType.COMPLETED, NOON.minusSeconds(5));
    try (var prefect = start(200);
        var with =
            TestConnections.open(
                TestConnections.withSubflows(TestConnections.to(prefect.apiUrl())))) {
      var runs = new ArrayList<FinishedRun>();
      with.finishedRuns(WINDOW, runs::add);
      assertEquals(1, runs.size());
      assertEquals(0, read(prefect).size());
    }
  }

  @Test
  void whatIsGoneIsCalledDeleted() throws Exception {
    ended(NOON.minusSeconds(5));
    workspace.delete(daily, NOON.minusSeconds(1));
    assertEquals(
        List.of(Origin.DELETED),
        read(200).stream().map(run -> run.origin().deploymentName()).toList());
  }

  @Test
  void namesAreLookedUpOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      ended(NOON.minusSeconds(i));
    }
    try (var prefect = start(5)) {
      assertEquals(20, read(prefect).size());
      assertEquals(1, prefect.requests("/flows/filter").size());
      assertEquals(1, prefect.requests("/deployments/filter").size());
    }
  }

  @Test
  void aFailedLookUpOfNamesFailsTheWindow() throws Exception {
    ended(NOON.minusSeconds(5));
    try (var prefect = start(200)) {
      prefect.onEvery("/deployments/filter", HttpFault.status(401));
      var read = new ArrayList<FinishedRun>();
      try (var source = TestConnections.open(prefect.apiUrl())) {
        assertThrows(SourceException.class, () -> source.finishedRuns(WINDOW, read::add));
      }
      assertEquals(List.of(), read);
    }
  }

  @Test
  void aPageThatIsCutIsReadAgainAsAWhole() throws Exception {
    for (int i = 0; i < 12; i++) {
      ended(NOON.minusSeconds(i));
    }
    try (var prefect = start(5)) {
      prefect.onNth(RUNS, 2, HttpFault.cut());
      // Counted in the requests that are left: the page after the one that was read again.
      prefect.onNth(RUNS, 4, HttpFault.truncated());
      assertEquals(12, read(prefect).stream().map(FinishedRun::runTime).distinct().count());
    }
  }

  @Test
  void fieldsOfANewerServerAreIgnored() throws Exception {
    ended(NOON.minusSeconds(5));
    try (var prefect = start(200)) {
      prefect.onEvery(RUNS, HttpFault.unknownFields());
      assertEquals(1, read(prefect).size());
    }
  }

  @Test
  void largeParametersAreSkipped() throws Exception {
    workspace.parameters(500_000, 500_000);
    for (int i = 0; i < 40; i++) {
      ended(NOON.minusSeconds(i));
    }
    assertEquals(40, read(200).size());
  }

  @Test
  void aNegativeRunTimeCountsAsNone() throws Exception {
    ended(NOON.minusSeconds(5));
    try (var prefect = start(200)) {
      prefect.onEvery(RUNS, HttpFault.edited(row -> row.addProperty("total_run_time", -0.5)));
      assertEquals(Duration.ZERO, read(prefect).getFirst().runTime());
    }
  }

  @Test
  void aRunThatIsNotFinalIsLeftOut() throws Exception {
    ended(NOON.minusSeconds(5));
    try (var prefect = start(200)) {
      prefect.onEvery(RUNS, HttpFault.replaced("state_type", "PAUSED"));
      assertEquals(List.of(), read(prefect));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "end_time", "flow_id", "run_count", "total_run_time"})
  void aMissingFieldIsNamed(String field) throws Exception {
    ended(NOON.minusSeconds(5));
    assertUnusable(field, HttpFault.nulled(field));
  }

  @ParameterizedTest
  @CsvSource({
    "state_type, EXPLODED",
    "end_time, soon",
    "end_time, 2026-03-01T11:55:00Z",
    "end_time, 2026-03-01T12:00:01Z"
  })
  void aValueThatCannotBeIsNamed(String field, String value) throws Exception {
    ended(NOON.minusSeconds(5));
    assertUnusable(field, HttpFault.replaced(field, value));
  }

  @Test
  void aServerThatIgnoresTheFilterIsNotBelieved() throws Exception {
    ended(NOON.minusSeconds(5));
    ended(NOON.minusSeconds(5_000));
    assertUnusable("end_time", HttpFault.ignoring("flow_runs"));
  }

  @Test
  void aServerThatIgnoresTheOrderIsNotBelieved() throws Exception {
    for (int i = 0; i < 50; i++) {
      ended(NOON.minusSeconds(i));
    }
    assertUnusable("end_time", HttpFault.ignoring("sort"));
  }

  private void assertUnusable(String field, HttpFault fault) {
    try (var prefect = start(200);
        var source = TestConnections.open(prefect.apiUrl())) {
      prefect.onEvery(RUNS, fault);
      var thrown =
          assertThrows(SourceException.class, () -> source.finishedRuns(WINDOW, run -> {}));
      assertTrue(thrown.isLasting());
      assertTrue(
          String.valueOf(thrown.getMessage()).contains(" " + field + ","), thrown.getMessage());
      assertEquals(1, prefect.requests(RUNS).size());
    }
  }

  /** Each with a run time of its own. */
  private void ended(Instant end) {
    workspace.finished(daily, ServerStateType.COMPLETED, end, Duration.ofMillis(++millis));
  }

  private long millis;

  private List<FinishedRun> read(int limit) throws SourceException {
    try (var prefect = start(limit)) {
      return read(prefect).stream().map(Undetailed::run).toList();
    }
  }

  private static List<FinishedRun> read(EmbeddedPrefect prefect) throws SourceException {
    var runs = new ArrayList<FinishedRun>();
    try (var source = TestConnections.open(prefect.apiUrl())) {
      source.finishedRuns(WINDOW, runs::add);
    }
    assertFalse(prefect.requests().stream().anyMatch(it -> it.headers().containsKey("upgrade")));
    return runs;
  }

  private EmbeddedPrefect start(int limit) {
    return EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON.plusSeconds(60)))
        .limit(limit)
        .start();
  }
}
