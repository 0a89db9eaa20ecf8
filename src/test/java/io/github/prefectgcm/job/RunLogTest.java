package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.protobuf.util.Timestamps;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.monitoring.MonitoringCall;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.prefect.Run;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunLogTest {
  private static final String RAISED = "Flow run encountered an exception: ValueError: ";

  @Test
  void everyFailedRunIsALineThatSaysWhichAndWhy() {
    try (var site = new Site()) {
      site.environment.put("RUN_LOG", "failed");
      site.environment.put("LOG_FORMAT", "json");
      site.environment.put("OWNER_TAG", "team:");
      failed(site, 30, RAISED + "password=hunter2\nno").tagged(List.of("team:data", "x"));

      List<JsonObject> lines = runs(site.execute());

      // One more of the site's own failed, before.
      assertEquals(2, lines.size());
      JsonObject line = lines.getLast();
      assertEquals("ERROR", line.get("severity").getAsString());
      assertEquals(
          "etl / daily failed: " + RAISED + "password=*** no", line.get("message").getAsString());
      assertEquals("2026-03-01T11:59:30Z", line.get("time").getAsString());
      assertEquals("etl", line.get("flow_name").getAsString());
      assertEquals("daily", line.get("deployment_name").getAsString());
      assertEquals("k8s", line.get("work_pool_name").getAsString());
      assertEquals("data", line.get("owner").getAsString());
      assertEquals("exception", line.get("reason").getAsString());
      assertEquals(1, line.get("attempts").getAsInt());
      assertEquals(2, line.get("lateness_seconds").getAsDouble());
      assertEquals(7, line.get("run_time_seconds").getAsDouble());
      assertEquals(2, line.getAsJsonArray("tags").size());
      String id = line.get("flow_run_id").getAsString();
      assertTrue(
          line.get("prefect_url").getAsString().endsWith("/runs/flow-run/" + id), line::toString);
      assertTrue(
          line.get("logging.googleapis.com/insertId").getAsString().startsWith(id + "-"),
          line::toString);
    }
  }

  @Test
  void onATerminalItIsALineToRead() {
    try (var site = new Site()) {
      site.environment.put("RUN_LOG", "all");
      failed(site, 30, RAISED + "no");

      List<String> out = site.execute().out();

      assertTrue(
          out.stream()
              .anyMatch(line ->
                  line.startsWith("2026-03-01T11:59:30Z etl / daily failed: " + RAISED + "no (")
                      && line.contains("http")),
          () -> String.join("\n", out));
      assertTrue(out.stream().anyMatch(line -> line.contains("etl / hourly completed")));
    }
  }

  /** At least once: what a repetition says again has the id that it had before. */
  @Test
  void aWindowThatIsRepeatedIsToldAgainUnderTheSameIds() {
    try (var site = new Site()) {
      site.environment.put("RUN_LOG", "failed");
      site.environment.put("LOG_FORMAT", "json");
      // The newest window is written but for its watermark, three times over.
      site.cloud.faults(RunLogTest::refuseLastWatermark);
      Set<String> first = ids(runs(site.execute()));
      site.cloud.faults(call -> Optional.empty());

      Set<String> again = ids(runs(site.execute()));

      assertEquals(1, first.size());
      assertEquals(first, again);
    }
  }

  @Test
  void ofManyRunsSomeAreTold() {
    try (var site = new Site()) {
      site.environment.put("RUN_LOG", "failed");
      site.environment.put("LOG_FORMAT", "json");
      for (int i = 0; i < 620; i++) {
        failed(site, 40, "");
      }

      Site.Ending ending = site.execute();

      assertEquals(RunLog.MOST, runs(ending).size());
      assertTrue(
          ending.out().stream()
              .anyMatch(line ->
                  line.contains("121 runs more ended in the window up to 2026-03-01T12:00:00Z")),
          "how many more");
    }
  }

  @Test
  void offMeansNone() {
    try (var site = new Site()) {
      site.environment.put("LOG_FORMAT", "json");

      assertEquals(List.of(), runs(site.execute()));
    }
  }

  @Test
  void aDryRunMarksItsLines() {
    try (var site = new Site()) {
      site.environment.put("RUN_LOG", "failed");
      site.environment.put("LOG_FORMAT", "json");
      site.environment.put("DRY_RUN", "true");

      List<JsonObject> lines = runs(site.execute());

      assertFalse(lines.isEmpty());
      assertTrue(lines.stream().allMatch(line -> line.get("dry_run").getAsBoolean()));
    }
  }

  private static Optional<MonitoringFault> refuseLastWatermark(MonitoringCall call) {
    boolean last =
        call.request() instanceof CreateTimeSeriesRequest write
            && write.getTimeSeries(0).getMetric().getType().endsWith("/exporter/window_count")
            && write.getTimeSeries(0).getMetric().getLabelsOrThrow("stream").equals("flow_runs")
            && Timestamps.toMillis(write.getTimeSeries(0).getPoints(0).getInterval().getEndTime())
                == Site.NOON.toEpochMilli();
    return last ? Optional.of(MonitoringFault.unavailable()) : Optional.empty();
  }

  private static Run failed(Site site, long before, String message) {
    return site.workspace
        .finished(
            site.daily,
            ServerStateType.FAILED,
            Site.NOON.minusSeconds(before),
            Duration.ofSeconds(7))
        .saying(message);
  }

  private static List<JsonObject> runs(Site.Ending ending) {
    return ending.out().stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.has("flow_run_id"))
        .toList();
  }

  private static Set<String> ids(List<JsonObject> lines) {
    var ids = new HashSet<String>();
    lines.forEach(line -> ids.add(line.get("logging.googleapis.com/insertId").getAsString()));
    return ids;
  }
}
