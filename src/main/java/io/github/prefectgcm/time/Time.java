package io.github.prefectgcm.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the clock shows, how long things take, and every wait that has a limit. All of the job waits
 * here and nowhere else, so that where its tests decide how time passes nothing depends on how fast
 * a machine is.
 */
public interface Time extends InstantSource {

  /** That of the machine. */
  static Time real() {
    return real(InstantSource.system());
  }

  /** That of the machine, but for what the clock shows. */
  static Time real(InstantSource clock) {
    return new RealTime(clock);
  }

  /** What the clock shows. */
  @Override
  Instant instant();

  /** For measuring how long something takes, as {@code System.nanoTime()}. */
  long nanos();

  /** Starts a thread that does a part of the job. It does not keep the process from ending. */
  void start(String name, Runnable part);

  /** Waits until a latch opens; false if it took longer than that. */
  boolean await(CountDownLatch latch, Duration most) throws InterruptedException;

  /** Waits until a part of the job is done, well or not; false if it took longer than that. */
  boolean await(Future<?> part, Duration most) throws InterruptedException;

  /**
   * Asks somebody outside and waits for the answer, of whatever kind. A question that took too
   * long, or whose wait was interrupted, is cancelled.
   *
   * @param question is asked once the wait has begun, with the limit for those who know only the
   *     machine's own time
   * @param left what is left for it, looked at again and again: a request to stop may make it less
   * @param margin by how much later than either they may be, and then say why
   * @return what holds the answer; absent if there was none in time
   */
  <F extends Future<?>> Optional<F> ask(
      Function<Duration, F> question, Duration most, Supplier<Duration> left, Duration margin)
      throws InterruptedException;

  /** The same where the limit stays what it is. */
  default <F extends Future<?>> Optional<F> ask(
      Function<Duration, F> question, Duration most, Duration margin) throws InterruptedException {
    return ask(question, most, () -> most, margin);
  }
}
