package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void deploymentsTellWhetherTheyAreScheduledAndPolled() throws Exception {
    var workspace = new Workspace(1);
    var flow = workspace.flow("etl");
    workspace.served(flow, "on").schedules(false, true).polled(true);
    workspace.served(flow, "off").schedules(false);
    workspace.served(flow, "none");
    workspace.served(flow, "paused").schedules(true).paused(true);
    try (var prefect = EmbeddedPrefect.of(workspace, () -> NOON).start();
        var source = TestConnections.open(prefect.apiUrl())) {
      Map<String, Deployment> found = new HashMap<>();
      source
          .inventory()
          .deployments()
          .forEach(each -> found.put(each.origin().deploymentName(), each));

      var scheduled = new HashMap<String, Boolean>();
      var ready = new HashMap<String, Optional<Boolean>>();
      found.forEach((name, each) -> {
        scheduled.put(name, each.scheduled());
        ready.put(name, each.ready());
      });
      assertEquals(Map.of("on", true, "off", false, "none", false, "paused", true), scheduled);
      assertEquals(
          Map.of(
              "on", Optional.of(true),
              "off", Optional.of(false),
              "none", Optional.of(false),
              "paused", Optional.of(false)),
          ready);
    }
  }

  /** The deployment's tag, or else the run's; the same for runs that end and runs that start. */
  @Test
  void tagsNameTheOwner() throws Exception {
    var workspace = new Workspace(1);
    var flow = workspace.flow("etl");
    var owned = workspace.served(flow, "owned").tagged("x", "team:data", "team:ops");
    var free = workspace.served(flow, "free");
    var runs =
        List.of(
            workspace
                .finished(
                    owned, ServerStateType.COMPLETED, NOON.minusSeconds(9), Duration.ofSeconds(3))
                .tagged(List.of("team:run")),
            workspace
                .finished(
                    free, ServerStateType.COMPLETED, NOON.minusSeconds(8), Duration.ofSeconds(3))
                .tagged(List.of("team:run")),
            workspace.finished(
                free, ServerStateType.COMPLETED, NOON.minusSeconds(7), Duration.ofSeconds(3)));
    assertEquals(3, runs.size());
    try (var prefect = EmbeddedPrefect.of(workspace, () -> NOON).start();
        var source =
            PrefectSource.open(
                TestConnections.to(prefect.apiUrl()),
                new OwnerTag("team:"),
                Time.real(() -> NOON),
                () -> Duration.ofMinutes(1))) {
      var window = new Window(NOON.minusSeconds(60), NOON);
      var ended = new ArrayList<FinishedRun>();
      source.finishedRuns(window, ended::add);
      var started = new ArrayList<StartedRun>();
      source.startedRuns(window, started::add);

      List<String> owners = List.of("", "run", "data");
      assertEquals(owners, ended.stream().map(run -> run.origin().owner()).toList());
      assertEquals(owners, started.stream().map(run -> run.origin().owner()).toList());
      assertEquals(
          List.of("", "data"),
          source.inventory().deployments().stream().map(each -> each.origin().owner()).toList());
    }
  }
}
