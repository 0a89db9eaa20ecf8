package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A flow run that reached a final state.
 *
 * @param runCount how often it entered RUNNING; 0 if it ended without ever starting
 * @param runTime time in RUNNING, summed over all attempts, without pauses and retry delays; whole
 *     microseconds, never negative
 * @param endTime when it reached its final state; whole microseconds
 */
public record FinishedRun(
    Origin origin,
    FinalState state,
    int runCount,
    Duration runTime,
    Instant endTime,
    EndReason reason,
    RunDetails details)
    implements Occurrence {

  /** A run that nobody can tell from others. */
  public FinishedRun(
      Origin origin,
      FinalState state,
      int runCount,
      Duration runTime,
      Instant endTime,
      EndReason reason) {
    this(origin, state, runCount, runTime, endTime, reason, RunDetails.NONE);
  }

  /** A run of whose reason nothing is known. */
  public FinishedRun(
      Origin origin, FinalState state, int runCount, Duration runTime, Instant endTime) {
    this(origin, state, runCount, runTime, endTime, EndReason.OTHER);
  }

  /**
   * A run of which only this much is known, and that it ended within a window.
   *
   * @param after the window's start
   */
  public static FinishedRun unreadable(Origin origin, FinalState state, Instant after) {
    return new FinishedRun(
        origin, state, 0, Duration.ZERO, after.plus(1, ChronoUnit.MICROS), EndReason.UNREADABLE);
  }

  @Override
  public Instant time() {
    return endTime;
  }

  public boolean started() {
    return runCount > 0;
  }
}
