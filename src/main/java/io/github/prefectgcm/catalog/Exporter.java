package io.github.prefectgcm.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the job says of itself.
 *
 * @param prefectVersion the server's version, where known
 * @param up whether all went well until now
 * @param collectors what was read from Prefect, by name, and whether that succeeded
 * @param watermarks end of the newest window handled whole, of each stream of which it is known
 */
public record Exporter(
    String version,
    Optional<String> prefectVersion,
    boolean up,
    Map<String, Boolean> collectors,
    Map<String, Instant> watermarks) {
  /** The names of all collectors. */
  public static final List<String> COLLECTORS =
      List.of(
          "finished_runs",
          "started_runs",
          "inventory",
          "current_runs",
          "work_queues",
          "workers",
          "concurrency_limits",
          "scheduled_runs",
          "expected_runs");

  public Exporter {
    collectors = Map.copyOf(collectors);
    watermarks = Map.copyOf(watermarks);
  }
}
