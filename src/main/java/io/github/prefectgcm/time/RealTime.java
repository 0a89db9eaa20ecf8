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

record RealTime(InstantSource clock) implements Time {
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
      Function<Duration, F> question, Duration most, Duration margin) throws InterruptedException {
    F asked = question.apply(most);
    boolean answered = false;
    try {
      answered = await(asked, most.plus(margin));
    } finally {
      if (!answered) {
        asked.cancel(true);
      }
    }
    return answered ? Optional.of(asked) : Optional.empty();
  }
}
