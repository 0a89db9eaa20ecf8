package io.github.prefectgcm.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

record RealTime(InstantSource clock) implements Time {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /**
   * Not a virtual thread: their scheduler costs more to start than these few threads do, and once
   * one has used a socket, the JVM takes 0.3 s longer to exit.
   */
  @Override
  public void start(String name, Runnable part) {
    Thread.ofPlatform().daemon().name(name).start(part);
  }

  @Override
  public boolean await(CountDownLatch latch, Duration most) throws InterruptedException {
    return latch.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean await(Future<?> part, Duration most) throws InterruptedException {
    try {
      var _ = part.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public <F extends Future<?>> Optional<F> ask(
      Function<Duration, F> question, Duration most, Supplier<Duration> left, Duration margin)
      throws InterruptedException {
    long end = nanos() + most.plus(margin).toNanos();
    F asked = question.apply(most);
    boolean answered = false;
    try {
      long wait = end - nanos();
      while (!answered && wait > 0) {
        answered = await(asked, Duration.ofNanos(Math.min(wait, LOOK_AGAIN_NANOS)));
        end = Math.min(end, nanos() + left.get().plus(margin).toNanos());
        wait = end - nanos();
      }
    } finally {
      if (!answered) {
        asked.cancel(true);
      }
    }
    return answered ? Optional.of(asked) : Optional.empty();
  }
}
