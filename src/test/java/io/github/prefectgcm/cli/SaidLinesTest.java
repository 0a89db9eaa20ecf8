package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of an execution. */
class SaidLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Log log(boolean json, boolean terminal) {
    var status = new StatusLine(out, () -> terminal ? OptionalInt.of(80) : OptionalInt.empty());
    return new Log(
        new Outlet(out, status).printer(), new Outlet(err, status).printer(), json, status);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void plainText() {
    Log log = log(false, false);
    log.say(Log.Severity.INFO, "all well", Map.of());
    log.progress("window 1 of 2");
    log.warning("hm");
    log.error("oh");
    log.error("oh");
    assertEquals("all well\n", out());
    assertEquals("warning: hm\nerror: oh\n", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void progressOnTerminalGivesWayToLines() {
    Log log = log(false, true);
    log.progress("window 1 of 2");
    log.progress("window 2 of 2");
    log.say(Log.Severity.INFO, "all well", Map.of());
    assertEquals("\r\033[Kwindow 1 of 2\r\033[Kwindow 2 of 2\r\033[Kall well\n", out());
  }

  @Test
  void jsonIsOneObjectPerLineWhateverIsSaid() {
    Log log = log(true, true);
    log.progress("window 1 of 2");
    log.say(
        Log.Severity.WARNING, "two\nlines, \"quoted\" </b> ü", Map.of("windows", 3, "up", true));
    List<String> lines = out().lines().toList();
    assertEquals(1, lines.size());
    JsonObject line = JsonParser.parseString(lines.getFirst()).getAsJsonObject();
    assertEquals("WARNING", line.get("severity").getAsString());
    assertEquals("two\nlines, \"quoted\" </b> ü", line.get("message").getAsString());
    assertEquals(3, line.get("windows").getAsInt());
    assertTrue(line.get("up").getAsBoolean());
    assertEquals(0, err.size());
  }

  @Test
  void summaryInJson() {
    try (var site = new Site()) {
      site.environment.put("CLOUD_RUN_JOB", "prefect-gcm");

      Site.Ending ending = site.execute();

      assertEquals(List.of(), ending.err());
      JsonObject sum = JsonParser.parseString(ending.summary()).getAsJsonObject();
      assertEquals(
          Set.of(
              "severity",
              "message",
              "windows",
              "runs",
              "points",
              "refused",
              "seconds",
              "watermark",
              "clock_skew_seconds",
              "exit_code",
              "dry_run"),
          sum.keySet());
      assertEquals("INFO", sum.get("severity").getAsString());
      assertEquals(3, sum.get("windows").getAsInt());
      assertEquals(2, sum.get("runs").getAsInt());
      assertEquals(0, sum.get("refused").getAsInt());
      assertEquals("2026-03-01T12:00:00Z", sum.get("watermark").getAsString());
      assertEquals(0, sum.get("clock_skew_seconds").getAsInt());
      long stored = site.cloud.series().values().stream().mapToLong(List::size).sum();
      assertEquals(stored, sum.get("points").getAsLong());
    }
  }

  /** The job's clock is ahead of Prefect's, whose time is the one that counts. */
  @Test
  void summaryTellsSkew() {
    try (var site = new Site()) {
      try (var slow = behind(site)) {
        site.environment.put("PREFECT_API_URL", slow.apiUrl().toString());

        Site.Ending ending = site.execute();

        assertEquals(0, ending.code());
        assertTrue(ending.summary().endsWith(", clock_skew_seconds 400"), ending.summary());
        assertEquals(Site.NOON.minusSeconds(600), site.watermark().orElseThrow());
      }
      assertFalse(site.cloud.series().isEmpty());
    }
  }

  /** Skew is measured when the answer arrives, however long it takes to go on from there. */
  @ParameterizedTest
  @ValueSource(strings = {"/admin/version", "/deployments/filter"})
  void skewHoldsNoWait(String route) {
    try (var site = new Site()) {
      site.environment.put("LOG_FORMAT", "json");
      site.prefect.onNth(
          route,
          1,
          (request, server) -> {
            var answer = server.apply(request);
            site.now = site.now.plusSeconds(30);
            return answer;
          });

      JsonObject sum = JsonParser.parseString(site.execute().summary()).getAsJsonObject();

      assertEquals(0, sum.get("clock_skew_seconds").getAsInt());
    }
  }

  private static EmbeddedPrefect behind(Site site) {
    return EmbeddedPrefect.of(site.workspace, () -> site.now.minus(Duration.ofSeconds(400)))
        .authString("admin:" + Site.SECRET + "-auth")
        .start();
  }
}
