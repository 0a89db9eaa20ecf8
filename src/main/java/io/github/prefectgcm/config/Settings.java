package io.github.prefectgcm.config;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.prefect.http.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator can set, valid once built.
 *
 * @param period length of a window
 * @param settle a window is closed once this much time has passed since its end
 * @param backfill how far back an execution starts that sees no watermark
 * @param deadline for the whole execution
 * @param windowHours span of {@code flow_runs_total} and {@code flow_run_duration_seconds_avg}
 * @param maxSeries how many series of one counter are filled with zeros
 * @param dryRun print the points in place of writing them
 * @param ownerTag which tag names an owner
 * @param catalog the metrics that are written, with their labels
 * @param runLog which finished runs are told one by one
 * @param maxPrice dollars a month that {@code check} finds too much
 */
public record Settings(
    Connection prefect,
    Target target,
    Duration period,
    Duration settle,
    Duration backfill,
    Duration deadline,
    Duration windowHours,
    int maxSeries,
    boolean dryRun,
    OwnerTag ownerTag,
    Catalog catalog,
    RunLogSettings runLog,
    Optional<Double> maxPrice) {

  /**
   * Reads the environment.
   *
   * @throws Invalid with every problem there is, not only the first
   */
  public static Settings from(Map<String, String> environment) throws Invalid {
    return new SettingsReader(environment).read();
  }

  /** Whether to log JSON, as Cloud Logging expects; known even where the settings are wrong. */
  public static boolean isJson(Map<String, String> environment) {
    String format = environment.getOrDefault("LOG_FORMAT", "").strip();
    return format.isEmpty() ? environment.containsKey("CLOUD_RUN_JOB") : format.equals("json");
  }

  /** Settings that cannot be used: a sentence for each, naming the setting. */
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    Invalid(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
      return problems;
    }
  }
}
