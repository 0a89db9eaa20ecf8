package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time, {@code start} exclusive and {@code end} inclusive, never empty. */
public record Window(Instant start, Instant end) {
  public Window {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("window is empty: " + start + ".." + end);
    }
  }

  public boolean contains(Instant time) {
    return time.isAfter(start) && !time.isAfter(end);
  }

  public Duration length() {
    return Duration.between(start, end);
  }
}
