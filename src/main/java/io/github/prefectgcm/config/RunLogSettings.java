package io.github.prefectgcm.config;

import java.util.Optional;

/**
 * Which finished runs are told one by one.
 *
 * @param uiUrl address of Prefect's UI, without a trailing slash; absent if it is not known
 */
public record RunLogSettings(Mode mode, Optional<String> uiUrl) {
  /** Which runs. */
  public enum Mode {
    /** Those that failed or crashed. */
    FAILED,
    ALL,
    OFF
  }

  /** The run's page in Prefect's UI. */
  public Optional<String> page(String runId) {
    return uiUrl.map(url -> url + "/runs/flow-run/" + runId);
  }
}
