package io.github.prefectgcm.demo;

import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.history.Window;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last day of a Prefect that exists: one execution that looks back as far as it can. */
final class LastDay {
  private static final Duration DAY = Duration.ofDays(1);

  private LastDay() {}

  static Outcome run(ExecuteJob job, Map<String, String> environment, InstantSource clock) {
    try (var cloud = new EmbeddedCloudMonitoring(clock)) {
      var mine = new HashMap<>(environment);
      mine.put("BACKFILL", "24h");
      mine.put("PERIOD", "5m");
      mine.put("MONITORING_EMULATOR_HOST", cloud.address());
      mine.put("GOOGLE_CLOUD_PROJECT", "demo");
      mine.put("METRIC_PREFIX", ReadBack.PREFIX);
      mine.put("LOG_FORMAT", "text");
      mine.remove("DRY_RUN");
      var executions = new Executions(job, mine, clock);
      executions.next();
      long period = Duration.ofMinutes(5).toMillis();
      Instant end =
          Instant.ofEpochMilli(Math.ceilDiv(clock.instant().toEpochMilli(), period) * period);
      var facts =
          new Facts(
              "The last day of " + host(mine.getOrDefault("PREFECT_API_URL", "")),
              "One execution of the job looked back over it. Every number here was read back from"
                  + " the store that it wrote to, which is a part of this demo: nothing was sent to"
                  + " Google.",
              new Window(end.minus(DAY), end),
              Optional.empty(),
              List.of(),
              executions.count(),
              executions.took());
      return new Outcome(
          facts, ReadBack.from(cloud), cloud.series(), facts.day(), executions.complaints());
    }
  }

  /** Only the host: there may be a password before it. */
  private static String host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost()).orElse("your Prefect");
    } catch (IllegalArgumentException _) {
      return "your Prefect";
    }
  }
}
