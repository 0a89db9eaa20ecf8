package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A flow run that entered RUNNING for the first time.
 *
 * @param startTime when it did; whole microseconds. Prefect sets it once
 * @param lateness how long after the time for which it was expected; never negative
 */
public record StartedRun(Origin origin, Instant startTime, Duration lateness, Trigger trigger)
    implements Occurrence {
  @Override
  public Instant time() {
    return startTime;
  }
}
