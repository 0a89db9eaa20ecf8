package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.benchmark.Footprint;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.image.PackagedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small heap is enough, whatever the number of runs and the size of their parameters. */
@Tag("thorough")
class MemoryIT {
  private static final int RUNS = 200_000;
  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path folder;

  @Test
  void countsAnyNumberOfRunsInASmallHeap() throws Exception {
    Path output = folder.resolve("output");
    try (var prefect = EmbeddedPrefect.start(busy(), () -> END.plusSeconds(90));
        var cloud = new EmbeddedCloudMonitoring(() -> END.plusSeconds(90))) {
      Map<String, String> settings =
          Map.of(
              "PREFECT_API_URL",
              prefect.apiUrl().toString(),
              "MONITORING_EMULATOR_HOST",
              cloud.address(),
              "DEADLINE",
              "1h",
              "LOG_FORMAT",
              "json");
      List<String> flags = List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
      Footprint footprint = Footprint.of(() -> PackagedJob.start(flags, settings, output), LIMIT);

      String said = Files.readString(output);
      System.out.printf(
          "memory: %d runs, %.2f s for 10,000 of them (CPU %s), peak %s%n%s",
          RUNS,
          seconds(footprint.wall()) / (RUNS / 10_000.0),
          footprint
              .cpu()
              .map(cpu -> "%.2f s".formatted(seconds(cpu) / (RUNS / 10_000.0)))
              .orElse("unknown"),
          footprint.peakBytes().map(bytes -> (bytes >> 20) + " MiB").orElse("unknown"),
          said);
      assertEquals(
          RUNS,
          cloud.series("finished_count").values().stream()
              .mapToLong(points -> points.getLast().whole())
              .sum(),
          said);
      assertEquals(0, PackagedJob.toldExitCode(output));
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private static Workspace busy() {
    var workspace = new Workspace(1);
    var pool = workspace.workPool("kubernetes", "kubernetes");
    var deployments = new ArrayList<ServerDeployment>();
    for (int i = 0; i < 20; i++) {
      deployments.add(workspace.deployment(workspace.flow("flow-" + i), "daily", pool));
    }
    long step = WINDOW.toNanos() / 1_000 / RUNS;
    for (int i = 0; i < RUNS; i++) {
      workspace.finished(
          deployments.get(i % deployments.size()),
          i % 50 == 0 ? ServerStateType.FAILED : ServerStateType.COMPLETED,
          END.minus(i * step, ChronoUnit.MICROS),
          Duration.ofSeconds(1 + i % 600));
    }
    workspace.parameters(2_000, 5_000);
    return workspace;
  }
}
