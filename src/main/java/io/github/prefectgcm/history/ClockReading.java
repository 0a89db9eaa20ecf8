package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Two clocks at one moment: that at which an answer arrived.
 *
 * @param theirs the clock of whoever answered, to the second, rounded down
 */
public record ClockReading(Instant theirs, Instant ours) {

  /** How far theirs is behind ours; negative if it is ahead. */
  public Duration behind() {
    return Duration.between(theirs, ours);
  }

  /** The earlier one. */
  Instant earlier() {
    return theirs.isBefore(ours) ? theirs : ours;
  }
}
