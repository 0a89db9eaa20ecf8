package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.monitoring.dashboard.v1.MosaicLayout.Tile;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import com.google.monitoring.dashboard.v1.Widget;
import io.github.prefectgcm.Main;
import io.github.prefectgcm.dashboard.Dashboards;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.query.Amount;
import io.github.prefectgcm.query.CloudDashboard;
import io.github.prefectgcm.query.Evaluator;
import io.github.prefectgcm.query.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The dashboards' own queries, over what the job really wrote of a simulated day. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardsOfTheDayTest {
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final SimulatedDay DAY = new SimulatedDay(Simulation.SEED, END);
  private static final Path OVERVIEW = Path.of("terraform", "dashboards", "overview.json");

  private final Outcome outcome =
      Simulation.run(
          Main::run,
          END,
          Integer.MAX_VALUE,
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

  @BeforeAll
  void theDayWentWell() {
    assertEquals(List.of(), outcome.complaints());
  }

  @Test
  void noPanelOfOursIsEmpty() throws IOException {
    var empty = new ArrayList<String>();
    int asked = 0;
    for (Window time : List.of(new Window(DAY.start(), DAY.end()), DAY.look())) {
      var evaluator = new Evaluator(outcome.stored(), time.start(), time.end());
      for (Path file : Dashboards.cloudMonitoring().keySet()) {
        for (Widget widget : widgets(file)) {
          for (TimeSeriesQuery query : CloudDashboard.queries(widget)) {
            if (ofOurs(query)) {
              asked++;
              if (evaluator.answer(query).isEmpty()) {
                empty.add(file + ": " + widget.getTitle());
              }
            }
          }
        }
      }
    }
    assertEquals(List.of(), empty);
    assertTrue(asked > 100, "the queries are not found");
  }

  @Test
  void theOverviewAsksOnlyForWhatCanBeDrawn() throws IOException {
    for (Widget widget : widgets(OVERVIEW)) {
      CloudDashboard.queries(widget).forEach(query -> assertTrue(ofOurs(query), widget.getTitle()));
    }
  }

  @Test
  void barsAddUpToTheRunsThatEnded() throws IOException {
    var truth = new TreeMap<String, Double>();
    Stream.of(FinalState.values()).forEach(state -> truth.put(state.label(), 0.0));
    ended().forEach(run -> truth.merge(run.state().label(), 1.0, Double::sum));
    var shown = new TreeMap<String, Double>();
    for (Line line : answer("Finished runs by outcome")) {
      shown.put(line.labels().getOrDefault("metric.label.state", ""), sum(line));
    }
    assertEquals(truth, shown);
  }

  @Test
  void runTimeOfTheTableIsThatOfTheRuns() throws IOException {
    Map<String, Double> truth = new TreeMap<>();
    ended()
        .forEach(run ->
            truth.merge(
                run.flow() + " " + run.deployment().map(SimulatedDeployment::name).orElse(""),
                run.runTime().toNanos() / 1e9,
                Double::sum));
    List<Line> lines = answer("Run time");
    assertEquals(10, lines.size());
    for (Line line : lines) {
      String name =
          line.labels().get("metric.label.flow_name")
              + " "
              + line.labels().get("metric.label.deployment_name");
      assertEquals(truth.getOrDefault(name, -1.0), line.latest(), 1e-3, name);
    }
    double highest = truth.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertEquals(highest, lines.getFirst().latest(), 1e-3);
  }

  @Test
  void theShareThatFailsIsThatOfTheRuns() throws IOException {
    double judged = ended().filter(run -> run.state() != FinalState.CANCELLED).count();
    double failed =
        ended()
            .filter(run -> run.state() == FinalState.FAILED || run.state() == FinalState.CRASHED)
            .count();
    assertEquals(failed / judged, answer("Runs that fail").getFirst().latest(), 1e-9);
  }

  @Test
  void pagesNeedNothingElse() throws IOException {
    for (String page : PageSet.SIMULATED.of(outcome).values()) {
      assertTrue(page.contains("default-src 'none'"));
      assertFalse(
          page.replaceAll("(?s)<script>.*?</script>", "")
              .matches("(?s).*(<link|<img| src=|@import).*"));
    }
  }

  @Test
  void pagesSayOnceWhatTheyLeaveOut() throws IOException {
    var leftOut = new TreeMap<String, List<String>>();
    new PagesRead(PageSet.SIMULATED.of(outcome))
        .dashboards()
        .forEach((file, page) -> leftOut.put(file, page.leftOut()));
    assertEquals(
        Map.of(
            "overview.html",
            List.of(),
            "flows.html",
            List.of("Broken deployments, Without a success for a day: " + LeftOut.PROMQL.reason()),
            "infrastructure.html",
            List.of(),
            "exporter-and-cost.html",
            List.of(
                "Bytes charged, Bytes charged by domain, Bytes charged by metric, Executions of"
                    + " Cloud Run jobs: "
                    + LeftOut.GOOGLES.reason(),
                "Points rejected by reason: " + LeftOut.ZERO.reason())),
        leftOut);
  }

  @Test
  void pagesAreWellFormed() throws IOException {
    var read = new PagesRead(PageSet.SIMULATED.of(outcome));
    assertEquals(List.of(), read.problems());
    assertTrue(read.panels() > 50, "panels are not found: " + read.panels());
  }

  private static Stream<SimulatedRun> ended() {
    var window = new Window(DAY.start(), DAY.end());
    return DAY.runs().stream().filter(run -> window.contains(run.ended()));
  }

  private static double sum(Line line) {
    // Divided and put together again, a count may be off by a rounding.
    return Math.round(line.values().values().stream().mapToDouble(Amount::number).sum() * 1e6)
        / 1e6;
  }

  private List<Line> answer(String title) throws IOException {
    var evaluator = new Evaluator(outcome.stored(), DAY.start(), DAY.end());
    return widgets(OVERVIEW).stream()
        .filter(widget -> widget.getTitle().equals(title))
        .flatMap(widget -> CloudDashboard.queries(widget).stream())
        .flatMap(query -> evaluator.answer(query).stream())
        .toList();
  }

  private static List<Widget> widgets(Path file) throws IOException {
    return CloudDashboard.read(Files.readString(file)).getMosaicLayout().getTilesList().stream()
        .map(Tile::getWidget)
        .toList();
  }

  private static boolean ofOurs(TimeSeriesQuery query) {
    return query.hasTimeSeriesFilterRatio()
        || query.getTimeSeriesFilter().getFilter().contains("custom.googleapis.com/prefect/");
  }
}
