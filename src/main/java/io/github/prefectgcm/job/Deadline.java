package io.github.prefectgcm.job;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much time an execution and its present part still have, on the monotonic clock. Catching up
 * may use 80 % of it, reading the snapshot 92 %; the rest is for telling what happened.
 */
public final class Deadline {
  /** After a request to stop: enough to write the job's own metrics within Cloud Run's 10 s. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** The parts of an execution, each with its share of the time. */
  enum Part {
    CATCH_UP(0.8),
    SNAPSHOT(0.92),
    REPORT(1);

    private final double share;

    Part(double share) {
      this.share = share;
    }
  }

  private final LongSupplier nanos;
  private final long start;
  private volatile long total;
  private volatile Part part = Part.CATCH_UP;
  private volatile boolean stopped;
  private volatile long turn = Long.MAX_VALUE;

  /**
   * @param nanos as {@code System.nanoTime()}
   */
  Deadline(Duration total, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.total = total.toNanos();
  }

  synchronized void enter(Part next) {
    part = next;
    turn = Long.MAX_VALUE;
  }

  /**
   * Begins the turn of one of several in the present part, so that one that takes long leaves time
   * to the others.
   *
   * @param after how many are to come after it
   */
  synchronized void turn(int after) {
    turn = Long.MAX_VALUE;
    long left = left().toNanos();
    turn = elapsed().toNanos() + left - after * (left / (after + 3));
  }

  /**
   * Lets only the report go on, for a few seconds, and ends what else is under way.
   *
   * @param worker the execution's thread
   * @param others what it waits for
   */
  synchronized void stop(Thread worker, ParallelReads others) {
    total = Math.min(total, nanos.getAsLong() - start + GRACE.toNanos());
    stopped = true;
    if (part != Part.REPORT) {
      worker.interrupt();
      others.cancel();
    }
  }

  public boolean isStopped() {
    return stopped;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - start);
  }

  /** What the present part has left; zero if nothing. */
  public Duration left() {
    if (stopped && part != Part.REPORT) {
      return Duration.ZERO;
    }
    long left = Math.min(turn, Math.round(total * part.share)) - elapsed().toNanos();
    return Duration.ofNanos(Math.max(0, left));
  }

  /** An equal share of that. */
  public Duration left(int shares) {
    // Duration's own division is that of big decimals, which take long to load.
    return Duration.ofNanos(left().toNanos() / shares);
  }

  /**
   * What there is left for something that the report needs, whatever the present part: after a
   * request to stop it goes on for as long as the report does.
   */
  public Duration leftForReport() {
    return Duration.ofNanos(Math.max(0, total - elapsed().toNanos()));
  }

  boolean isOver() {
    return left().isZero();
  }
}
