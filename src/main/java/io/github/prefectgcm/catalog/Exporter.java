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
 * @param watermark end of the newest window handled whole, where known
 */
public record Exporter(
    String version,
    Optional<String> prefectVersion,
    boolean up,
    Map<String, Boolean> collectors,
    Optional<Instant> watermark) {
  /** The names of all collectors. */
  public static final List<String> COLLECTORS =
      List.of("finished_runs", "inventory", "current_runs", "workers", "expected_runs");

  public Exporter {
    collectors = Map.copyOf(collectors);
  }
}
