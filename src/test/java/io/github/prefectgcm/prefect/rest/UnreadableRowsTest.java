package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prefect stores and cannot show costs only itself. */
class UnreadableRowsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Window WINDOW = new Window(NOON.minusSeconds(300), NOON);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String RUNS = "/flow_runs/filter";

  private final Workspace workspace = new Workspace(1);
  private final Pool k8s = workspace.workPool("k8s", "kubernetes");
  private final Flow etl = workspace.flow("etl");
  private final Flow report = workspace.flow("report");
  private final ServerDeployment daily = workspace.deployment(etl, "daily", k8s);
  private final ServerDeployment hourly = workspace.deployment(etl, "hourly", k8s);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 200})
  void aRunThatCannotBeShownIsCountedByItsState(int limit) throws Exception {
    for (int i = 1; i <= 12; i++) {
      workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(20L * i), SECOND);
    }
    workspace.finished(hourly, ServerStateType.FAILED, NOON.minusSeconds(70), SECOND).unreadable();

    Read read = read(limit);

    assertEquals(
        Map.of("etl/daily/k8s COMPLETED", 12L, "etl/hourly/k8s FAILED ?", 1L), read.counts());
    assertEquals(1, read.unreadable());
  }

  @Test
  void itIsOneOfTheFirstMicrosecondWithoutRunTimeOrStart() throws Exception {
    workspace.finished(hourly, ServerStateType.CRASHED, NOON.minusSeconds(70), SECOND).unreadable();

    assertEquals(
        List.of(
            new FinishedRun(
                new Origin("etl", "hourly", "k8s"),
                FinalState.CRASHED,
                0,
                Duration.ZERO,
                WINDOW.start().plusNanos(1_000),
                EndReason.UNREADABLE)),
        read(200).runs());
  }

  @Test
  void severalAreFoundWhereverTheyLie() throws Exception {
    for (int i = 1; i <= 30; i++) {
      var run =
          workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(9L * i), SECOND);
      if (Set.of(1, 14, 15, 16, 30).contains(i)) {
        var _ = run.unreadable();
      }
    }
    workspace.finished(report, ServerStateType.FAILED, NOON.minusSeconds(5), SECOND).unreadable();
    var gone = workspace.deployment(report, "gone", k8s);
    workspace.finished(gone, ServerStateType.CANCELLED, NOON.minusSeconds(6), SECOND).unreadable();
    workspace.finished(gone, ServerStateType.CANCELLED, NOON.minusSeconds(7), SECOND);
    workspace.delete(gone, NOON.plusSeconds(1));

    Read read = read(5);

    assertEquals(
        Map.of(
            "etl/daily/k8s COMPLETED", 25L,
            "etl/daily/k8s COMPLETED ?", 5L,
            "report// FAILED ?", 1L,
            "report/(deleted)/ CANCELLED ?", 1L,
            "report/(deleted)/k8s CANCELLED", 1L),
        read.counts());
    assertEquals(7, read.unreadable());
  }

  @Test
  void severalMayEndAtOneTime() throws Exception {
    for (int i = 0; i < 9; i++) {
      var run = workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(9), SECOND);
      if (i % 3 == 0) {
        var _ = run.unreadable();
      }
    }

    assertEquals(
        Map.of("etl/daily/k8s COMPLETED", 6L, "etl/daily/k8s COMPLETED ?", 3L), read(2).counts());
  }

  @Test
  void aRunWithoutAStateIsLeftOut() throws Exception {
    workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(9), SECOND);
    workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(8), SECOND).stateless();

    Read read = read(200);

    assertEquals(Map.of("etl/daily/k8s COMPLETED", 1L), read.counts());
    assertEquals(1, read.unreadable());
  }

  @Test
  void aRunThatWeCannotMakeSenseOfIsCountedByItsStateToo() throws Exception {
    workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(9), SECOND);
    String odd =
        workspace.finished(hourly, ServerStateType.FAILED, NOON.minusSeconds(8), SECOND).id();

    try (var prefect = start(200)) {
      prefect.onEvery(
          RUNS,
          HttpFault.edited(row -> {
            if (row.get("id").getAsString().equals(odd)) {
              row.addProperty("total_run_time", "PT1S");
            }
          }));
      Read read = read(prefect);
      assertEquals(
          Map.of("etl/daily/k8s COMPLETED", 1L, "etl/hourly/k8s FAILED ?", 1L), read.counts());
      assertEquals(1, read.unreadable());
    }
  }

  @Test
  void narrowingStartsAfterTheUsualTriesAndIsBounded() throws Exception {
    for (int i = 1; i <= 60; i++) {
      workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(4L * i), SECOND);
    }
    workspace
        .finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(70), SECOND)
        .unreadable();
    try (var prefect = start(200)) {
      Read read = read(prefect);
      long requests = prefect.requests(RUNS).size();
      assertEquals(61, read.runs().size());
      assertTrue(requests > 6 && requests < 40, () -> requests + " requests");
    }
  }

  @Test
  void aServerThatAlwaysFailsIsNoRowThatCannotBeShown() {
    workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(70), SECOND);
    try (var prefect = start(200)) {
      prefect.onEvery(RUNS, HttpFault.status(500));
      prefect.onEvery("/flow_runs/count", HttpFault.status(500));
      var thrown = assertThrows(SourceException.class, () -> read(prefect));
      assertFalse(thrown.isLasting());
      assertTrue(thrown.getMessage().contains("500"), thrown::getMessage);
    }
  }

  @Test
  void rowsThatNeverComeAreNotTakenForUnreadableOnes() {
    workspace.finished(daily, ServerStateType.COMPLETED, NOON.minusSeconds(70), SECOND);
    try (var prefect = start(200)) {
      prefect.onEvery(RUNS, HttpFault.status(500));
      var thrown = assertThrows(SourceException.class, () -> read(prefect));
      assertFalse(thrown.isLasting());
      assertTrue(prefect.requests(RUNS).size() < 1_000);
    }
  }

  @Test
  void currentRunsAreCountedByTheirState() throws Exception {
    for (int i = 1; i <= 7; i++) {
      Instant since = NOON.minusSeconds(i * 60L);
      var run = workspace.scheduled(daily, since).pending(since).running(since);
      if (i == 3) {
        var _ = run.unreadable();
      }
    }
    try (var prefect = start(5);
        var source = TestConnections.openHasty(TestConnections.to(prefect.apiUrl()))) {
      var runs = new ArrayList<CurrentRun>();
      source.currentRuns(NOON.plusSeconds(60), runs::add);
      assertEquals(7, runs.stream().filter(run -> run.state() == CurrentState.RUNNING).count());
      assertEquals(1, runs.stream().filter(run -> run.workPoolName().isEmpty()).count());
      assertEquals(1, source.unreadable());
    }
  }

  @Test
  void aListWithOneThatCannotBeShownIsNotWhole() throws Exception {
    hourly.unreadable();
    workspace.flow("odd").unreadable();
    workspace.finished(hourly, ServerStateType.FAILED, NOON.minusSeconds(70), SECOND);
    try (var prefect = start(2);
        var source = TestConnections.openHasty(TestConnections.to(prefect.apiUrl()))) {
      Inventory inventory = source.inventory();
      assertFalse(inventory.isWhole());
      assertEquals(
          List.of(daily.id()), inventory.deployments().stream().map(each -> each.id()).toList());
      assertEquals(Set.of("etl", "report"), inventory.flowNames());
      assertEquals(2, source.unreadable());

      var runs = new ArrayList<FinishedRun>();
      source.finishedRuns(WINDOW, runs::add);
      assertEquals(Origin.UNREADABLE, runs.getFirst().origin().deploymentName());
    }
  }

  private record Read(List<FinishedRun> runs, long unreadable) {
    /** By origin and state; those that could not be shown with a question mark. */
    Map<String, Long> counts() {
      var counts = new TreeMap<String, Long>();
      for (FinishedRun run : runs) {
        Origin origin = run.origin();
        counts.merge(
            origin.flowName()
                + "/"
                + origin.deploymentName()
                + "/"
                + origin.workPoolName()
                + " "
                + run.state()
                + (run.reason() == EndReason.UNREADABLE ? " ?" : ""),
            1L,
            Long::sum);
      }
      return counts;
    }
  }

  private Read read(int limit) throws SourceException {
    try (var prefect = start(limit)) {
      return read(prefect);
    }
  }

  private static Read read(EmbeddedPrefect prefect) throws SourceException {
    var runs = new ArrayList<FinishedRun>();
    try (var source = TestConnections.openHasty(TestConnections.to(prefect.apiUrl()))) {
      var _ = source.inventory();
      source.finishedRuns(WINDOW, runs::add);
      return new Read(runs, source.unreadable());
    }
  }

  private EmbeddedPrefect start(int limit) {
    return EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON.plusSeconds(60)))
        .limit(limit)
        .start();
  }
}
