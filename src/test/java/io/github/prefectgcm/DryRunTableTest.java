package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.StateType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody sees who looks before there is a Google account. */
class DryRunTableTest {
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
      assertEquals("METRIC|LABELS|VALUE|INTERVAL", lines.getFirst());
      assertTrue(
          lines.contains(
              "flow_run/finished_count|flow_name=\"etl\", deployment_name=\"daily\","
                  + " work_pool_name=\"k8s\", state=\"failed\"|1|2026-03-01T11:45:00Z to"
                  + " 2026-03-01T12:00:00Z"),
          lines::toString);
      assertTrue(lines.contains("flow_run/finished_count|… and 6 other series|0"));
      assertTrue(
          lines.contains(
              "flow_run/execution_times|state=\"completed\", work_pool_name=\"k8s\"|1, mean 90 s|"
                  + "2026-03-01T11:45:00Z to 2026-03-01T12:00:00Z"));
      assertTrue(lines.contains("flow_run_duration_seconds_avg|37.5 s|at 2026-03-01T12:02:00Z"));
      assertTrue(lines.contains("METRIC|SERIES|POINTS|TOTAL"));
      assertTrue(lines.contains("flow_run/finished_count|8|24|2"));
      assertTrue(lines.contains("flow_run/run_time|2|6|120 s"));
      assertTrue(ending.summary().contains(" points shown, "), ending.summary());
      assertEquals(Map.of(), site.cloud.series());
      assertTrue(ending.lines().size() < 80, () -> ending.lines().size() + " lines");
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
            deployment, StateType.FAILED, Site.NOON.minusSeconds(200), Duration.ofSeconds(1));
      }

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      assertTrue(ending.lines().size() < 150, () -> ending.lines().size() + " lines");
      assertTrue(columns(ending).contains("flow_run/run_time|302|906|420 s"));
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
