package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Main;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.workspace.TypicalWorkspace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the standard set costs where 80 deployments run on 5 work pools. */
class ReferenceWorkspaceTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theStandardSetStaysWithinItsBudget() {
    var now = new AtomicReference<Instant>(NOON.plusSeconds(90));
    var workspace =
        TypicalWorkspace.between(
            NOON.minus(Duration.ofMinutes(30)), NOON.plus(Duration.ofMinutes(10)));
    try (var prefect = EmbeddedPrefect.of(workspace, now::get).start();
        var cloud = new EmbeddedCloudMonitoring(now::get)) {
      execute(prefect, cloud, now);
      now.set(NOON.plus(Duration.ofMinutes(5)).plusSeconds(90));
      prefect.forgetRequests();

      execute(prefect, cloud, now);

      int requests = prefect.requests().size();
      long distributions = cloud.series().keySet().stream().filter(this::isDistribution).count();
      long numbers = cloud.series().size() - distributions;
      System.out.printf(
          "standard set: %d numbers, %d distributions, %d requests to Prefect%n",
          numbers, distributions, requests);
      assertTrue(requests <= 30, () -> requests + " requests");
      assertTrue(numbers <= 2_000, () -> numbers + " numbers");
      assertTrue(distributions <= 60, () -> distributions + " distributions");
    }
  }

  private boolean isDistribution(StoredSeries series) {
    return Set.of("flow_run/execution_times", "flow_run/start_latencies").stream()
        .anyMatch(name -> series.metricType().endsWith(name));
  }

  private static void execute(
      EmbeddedPrefect prefect, EmbeddedCloudMonitoring cloud, AtomicReference<Instant> now) {
    var said = new ByteArrayOutputStream();
    int code =
        Main.run(
            Map.of(
                "PREFECT_API_URL",
                prefect.apiUrl().toString(),
                "MONITORING_EMULATOR_HOST",
                cloud.address(),
                "GOOGLE_CLOUD_PROJECT",
                "acme",
                "RUN_LOG",
                "off"),
            now::get,
            said,
            said);
    assertEquals(0, code, () -> said.toString(StandardCharsets.UTF_8));
  }
}
