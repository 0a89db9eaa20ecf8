package io.github.prefectgcm.history;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that were sent to a server until now.
 *
 * @param answers how many were answered by status class, such as {@code 2xx}; under {@link #ERROR}
 *     those without an answer
 * @param medianLatency how long an answer took; absent if there was none
 */
public record Traffic(Map<String, Long> answers, Optional<Duration> medianLatency) {
  /** What stands in place of a status class where there was no answer. */
  public static final String ERROR = "error";

  public static final Traffic NONE = new Traffic(Map.of(), Optional.empty());

  public Traffic {
    answers = Map.copyOf(answers);
  }
}
