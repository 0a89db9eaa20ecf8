package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Main;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody sees who looks before there is a Google account. */
class DryRunTableTest {
  private static final int METRICS = Catalog.ALL.entries().size();

  @Test
  void showsWhatWouldBeWritten() {
    try (var site = new Site()) {
      site.environment
          .keySet()
          .removeAll(List.of("MONITORING_EMULATOR_HOST", "GOOGLE_CLOUD_PROJECT"));
      site.environment.put("DRY_RUN", "true");

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      List<String> lines = columns(ending);
      assertEquals(
          "flow_run/finished_count, 2026-03-01T11:45:00Z to 2026-03-01T12:00:00Z,"
              + " flow_name=\"etl\", work_pool_name=\"k8s\"",
          lines.getFirst());
      assertEquals("|DEPLOYMENT_NAME|STATE|VALUE", lines.get(1));
      assertTrue(lines.contains("|daily|failed|1"), lines::toString);
      assertTrue(lines.contains("|… and 6 other series: 0"), lines::toString);
      assertTrue(lines.contains("|completed|k8s|1, mean 90 s"), lines::toString);
      assertTrue(
          lines.contains("flow_run_duration_seconds_avg, at 2026-03-01T12:02:00Z: 37.5 s"),
          lines::toString);
      assertTrue(lines.contains("METRIC|SERIES|POINTS|TOTAL|MIB|USD"));
      assertTrue(lines.contains("flow_run/finished_count|8|24|2|0.53|0.14"));
      assertTrue(lines.contains("flow_run/run_time|2|6|120 s|0.13|0.03"));
      assertTrue(ending.summary().contains(" points shown, "), ending.summary());
      assertEquals(Map.of(), site.cloud.series());
      assertTrue(ending.lines().size() < 5 * METRICS, () -> ending.lines().size() + " lines");
    }
  }

  private static List<String> columns(Site.Ending ending) {
    return ending.out().stream().map(line -> line.replaceAll(" {2,}", "|")).toList();
  }

  @Test
  void staysShortInLargeWorkspace() {
    try (var site = new Site()) {
      site.environment.put("DRY_RUN", "true");
      for (int i = 0; i < 300; i++) {
        var deployment = site.workspace.deployment(site.flow, "many-" + i, site.pool);
        site.workspace.finished(
            deployment, ServerStateType.FAILED, Site.NOON.minusSeconds(200), Duration.ofSeconds(1));
      }

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      assertTrue(ending.lines().size() < 8 * METRICS, () -> ending.lines().size() + " lines");
      assertTrue(columns(ending).contains("flow_run/run_time|302|906|420 s|19.91|5.14"));
    }
  }

  @Test
  void progressLeavesNothingBehindOnATerminal() {
    try (var site = new Site()) {
      site.environment.put("DRY_RUN", "true");
      site.columns = OptionalInt.of(80);

      Site.Ending ending = site.execute();

      // What each line looks like once everything in it was printed.
      List<String> seen =
          ending.out().stream().map(line -> line.replaceAll(".*\033\\[K", "")).toList();
      assertEquals(
          List.of(
              "flow_run/finished_count, 2026-03-01T11:45:00Z to 2026-03-01T12:00:00Z,",
              "  flow_name=\"etl\", work_pool_name=\"k8s\""),
          seen.stream()
              .filter(line -> !line.startsWith("window ") && !line.isEmpty())
              .limit(2)
              .toList());
      assertTrue(ending.out().contains("\033[Kwindow 2 of 3, up to 2026-03-01T11:55:00Z"));
      seen.stream()
          .filter(line -> !line.equals(ending.summary()))
          .forEach(line -> assertTrue(Columns.of(line) <= 80, line));
    }
  }

  @Test
  void programsGetPointsAndNothingElse() {
    try (var site = new Site()) {
      site.environment.put("DRY_RUN", "true");

      Site.Ending json = site.command("--output", "json");
      Site.Ending csv = site.command("--output=csv");

      assertEquals(0, json.code());
      assertEquals(1, json.err().size());
      assertEquals(json.summary(), json.err().getFirst());
      assertTrue(json.summary().contains(", " + json.out().size() + " points shown, "));
      json.out().forEach(line -> assertTrue(line.startsWith("{\"metric\":\""), line));
      assertEquals(json.out().size() + 1, csv.out().size());
    }
  }

  @Test
  void outputIsOfADryRunOnly() {
    try (var site = new Site()) {
      Site.Ending ending = site.command("--output", "json");

      assertEquals(2, ending.code());
      assertEquals(
          List.of("error: --output is for a dry run: set DRY_RUN=true, or leave it out"),
          ending.err());
      assertEquals(List.of(), site.prefect.requests());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--output json", "--output csv", "check", "--help", "--version"})
  void aFullDiskIsNoSuccess(String arguments) {
    try (var site = new Site()) {
      site.environment.put("DRY_RUN", "true");
      List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1));
      var err = new ByteArrayOutputStream();

      int code =
          Main.run(
              words,
              site.environment,
              site.time,
              Streams.of(new FullDisk(words.isEmpty() ? 500 : 10), err),
              ShutdownHook.none());

      String said = err.toString(StandardCharsets.UTF_8);
      assertEquals(arguments.equals("check") ? 2 : 1, code, said);
      assertEquals(
          1,
          said.lines()
              .filter(line ->
                  line.equals(
                      "error: standard output cannot be written to (No space left on device): not"
                          + " all of it arrived"))
              .count(),
          said);
    }
  }

  @Test
  void severalTasksAreRefused() {
    try (var site = new Site()) {
      site.environment.putAll(Map.of("DRY_RUN", "true", "CLOUD_RUN_TASK_COUNT", "2"));
      assertEquals(2, site.execute().code());
    }
  }
}
