package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;

/**
 * A flow run that reached a final state.
 *
 * @param runCount how often it entered RUNNING; 0 if it ended without ever starting
 * @param runTime time in RUNNING, summed over all attempts, without pauses and retry delays; whole
 *     microseconds, never negative
 * @param endTime when it reached its final state; whole microseconds
 */
public record FinishedRun(
    Origin origin, FinalState state, int runCount, Duration runTime, Instant endTime) {

  public boolean started() {
    return runCount > 0;
  }
}
