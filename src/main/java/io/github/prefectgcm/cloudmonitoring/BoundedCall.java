package io.github.prefectgcm.cloudmonitoring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs what knows no deadline, such as Google's library for credentials, on a thread of its own.
 * Whoever calls waits no longer than it has time; the thread is left behind then.
 */
final class BoundedCall {
  /** The time that is left may become less while somebody waits, when the process is to stop. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private BoundedCall() {}

  /**
   * Calls once.
   *
   * @param timeLeft asked again and again
   * @return absent if the time was up first
   */
  static <T> Optional<T> call(Callable<T> call, Supplier<Duration> timeLeft)
      throws ExecutionException, InterruptedException {
    var task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().name("credentials").start(task);
    try {
      while (timeLeft.get().isPositive()) {
        Duration wait = shorter(timeLeft.get(), LOOK_AGAIN);
        try {
          return Optional.of(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
          // Looks whether there is still time.
        }
      }
      return Optional.empty();
    } finally {
      task.cancel(true);
    }
  }

  /** Waits that long, or until no time is left. */
  static void pause(Duration pause, Supplier<Duration> timeLeft) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < end && timeLeft.get().isPositive()) {
      Thread.sleep(shorter(Duration.ofNanos(end - System.nanoTime()), LOOK_AGAIN));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
