package io.github.prefectgcm.demo;

import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.history.Window;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A simulated day: both servers on sockets of this machine, and one clock for all three. */
final class Simulation {
  static final long SEED = 7;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  private Simulation() {}

  /** Goes through the first {@code most} executions of the day that ends then. */
  static Outcome run(ExecuteJob job, Instant end, int most, PrintStream out) {
    var day = new SimulatedDay(SEED, end);
    var world = new SimulatedWorkspace(day, SEED);
    var now = new AtomicReference<>(day.start());
    InstantSource clock = now::get;
    List<Instant> times = day.executions().stream().limit(most).toList();
    try (var prefect = EmbeddedPrefect.start(world.workspace(), clock);
        var cloud = new EmbeddedCloudMonitoring(clock)) {
      var executions =
          new Executions(
              job,
              Map.of(
                  "PREFECT_API_URL",
                  prefect.apiUrl().toString(),
                  "MONITORING_EMULATOR_HOST",
                  cloud.address(),
                  "GOOGLE_CLOUD_PROJECT",
                  "demo",
                  "DEADLINE",
                  "30s",
                  "LOG_FORMAT",
                  "text"),
              clock);
      var progress = Progress.of(out, times.size());
      for (Instant time : times) {
        now.set(time);
        world.moveTo(time);
        executions.next();
        progress.step(CLOCK.format(time));
      }
      var facts =
          new Facts(
              "A simulated day in Prefect",
              "A made-up company’s flows; the job itself is real, and every number here was read"
                  + " back from the store that it wrote to.",
              new Window(day.start(), day.end()),
              Optional.of(day.outage()),
              day.events(),
              executions.count(),
              executions.took());
      return new Outcome(
          facts, ReadBack.from(cloud), cloud.series(), day.look(), executions.complaints());
    }
  }
}
