package io.github.prefectgcm.descriptor;

import java.time.Duration;

/**
 * When points of the metrics can be expected.
 *
 * @param samplePeriod time between two points of a series
 * @param ingestDelay points older than this are there to be read
 */
public record Timing(Duration samplePeriod, Duration ingestDelay) {

  /**
   * The timing of a job that is started once a period. A window is read once {@code settle} has
   * passed since its end, by the next execution after that, which comes within a period. Levels are
   * written at once, so the same bound holds for them.
   */
  public static Timing of(Duration period, Duration settle) {
    return new Timing(period, period.plus(settle));
  }
}
