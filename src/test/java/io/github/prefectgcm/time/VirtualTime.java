package io.github.prefectgcm.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Time that passes only when every thread of the job waits for it, and then at once. Whoever waits
 * for a server waits as long as the server takes, and no time passes, unless the server has said
 * that it will be silent. So nothing depends on how fast the machine is, and nothing takes long.
 */
public final class VirtualTime implements Time {
  /** For a look at the others; what is waited for ends the wait at once. */
  private static final long LOOK_MILLIS = 2;

  private static final Duration OUTSIDE = Duration.ofHours(1);
  private static final long STUCK_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final InstantSource clock;
  private final Set<Wait> waits = new HashSet<>();
  private long now;
  private int silences;

  /** The test's own thread is one of the job. */
  private int threads = 1;

  /**
   * @param clock what it shows is for the test to say
   */
  public VirtualTime(InstantSource clock) {
    this.clock = clock;
  }

  /** Something takes this long. */
  public synchronized void pass(Duration time) {
    now += time.toNanos();
  }

  /** A server will not answer one of the questions that it was asked. */
  public synchronized void silence() {
    silences++;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public void start(String name, Runnable part) {
    synchronized (this) {
      threads++;
    }
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            part.run();
          } finally {
            synchronized (this) {
              threads--;
            }
          }
        });
  }

  @Override
  public boolean await(CountDownLatch latch, Duration most) throws InterruptedException {
    var wait = new Wait(most, () -> most, false, () -> latch.getCount() == 0);
    return hold(wait, () -> latch.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
  }

  @Override
  public boolean await(Future<?> part, Duration most) throws InterruptedException {
    return hold(new Wait(most, () -> most, false, part::isDone), () -> isDone(part));
  }

  @Override
  public <F extends Future<?>> Optional<F> ask(
      Function<Duration, F> question, Duration most, Supplier<Duration> left, Duration margin)
      throws InterruptedException {
    var asked = new CopyOnWriteArrayList<F>();
    // It has to be known before the server can say that it is silent.
    var wait = new Wait(most, left, true, () -> asked.stream().anyMatch(Future::isDone));
    boolean answered = false;
    try {
      answered =
          hold(
              wait,
              () -> {
                if (asked.isEmpty()) {
                  asked.add(question.apply(OUTSIDE));
                }
                return isDone(asked.getFirst());
              });
    } finally {
      if (!answered) {
        asked.forEach(call -> call.cancel(true));
      }
    }
    return answered ? Optional.of(asked.getFirst()) : Optional.empty();
  }

  /** Looks for a moment whether what is waited for is there. */
  private interface Look {
    boolean isOver() throws InterruptedException;
  }

  private static boolean isDone(Future<?> future) throws InterruptedException {
    try {
      var _ = future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private boolean hold(Wait wait, Look look) throws InterruptedException {
    long begin = System.nanoTime();
    synchronized (this) {
      waits.add(wait);
    }
    try {
      while (!look.isOver()) {
        if (isUp(wait)) {
          return false;
        }
        if (System.nanoTime() - begin > STUCK_NANOS) {
          throw new IllegalStateException("a thread of the job neither waits nor ends");
        }
      }
      return true;
    } finally {
      synchronized (this) {
        waits.remove(wait);
      }
    }
  }

  /** Whether the limit of a wait has come; lets time pass if nobody does anything else. */
  private synchronized boolean isUp(Wait wait) {
    waits.forEach(Wait::shorten);
    long questions = waits.stream().filter(each -> each.outside && !each.silent).count();
    if (waits.size() == threads
        && questions == silences
        && waits.stream().noneMatch(each -> each.over.getAsBoolean())) {
      waits.stream().filter(each -> each.outside).forEach(each -> each.silent = true);
      silences = 0;
      now = Math.max(now, waits.stream().mapToLong(each -> each.until).min().orElse(now));
    }
    return now >= wait.until && !wait.over.getAsBoolean();
  }

  private final class Wait {
    private final Supplier<Duration> left;
    private final boolean outside;
    private final BooleanSupplier over;
    private long until;
    private boolean silent;

    /**
     * @param outside whether it is for a server's answer
     */
    Wait(Duration most, Supplier<Duration> left, boolean outside, BooleanSupplier over) {
      this.until = in(most);
      this.left = left;
      this.outside = outside;
      this.over = over;
    }

    /** A question's limit may come sooner than it was thought to. */
    void shorten() {
      if (outside) {
        until = Math.min(until, in(left.get()));
      }
    }

    private long in(Duration time) {
      long nanos = time.toNanos();
      return nanos > Long.MAX_VALUE - nanos() ? Long.MAX_VALUE : nanos() + nanos;
    }
  }
}
