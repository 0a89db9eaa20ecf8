package io.github.prefectgcm.job;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Runs reads that do not need each other side by side. */
public final class ParallelReads {
  /** As long as it takes. */
  static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Time time;
  private final Executor executor;
  private final Set<ParallelRead<?>> underWay = ConcurrentHashMap.newKeySet();

  /** Each on a thread of its own. */
  ParallelReads(Time time) {
    this(time, part -> time.start("task", part));
  }

  ParallelReads(Time time, Executor executor) {
    this.time = time;
    this.executor = executor;
  }

  /** Starts what can be given up. */
  public <T> ParallelRead<T> start(Callable<T> task) {
    var future = new ParallelRead<>(task, time, underWay::remove);
    underWay.add(future);
    executor.execute(future);
    return future;
  }

  /** Starts what the report needs, even that of an execution that is asked to stop. */
  <T> ParallelRead<T> startForReport(Callable<T> task) {
    var future = new ParallelRead<>(task, time, done -> {});
    executor.execute(future);
    return future;
  }

  /** Gives up what {@link #start} started; who waits for it is interrupted. */
  void cancel() {
    underWay.forEach(task -> task.cancel(true));
  }

  /** Waits for a task; what it threw is thrown here. */
  public static <T> T join(ParallelRead<T> task)
      throws SourceException, StoreException, InterruptedException {
    return join(task, FOREVER).orElseThrow();
  }

  /**
   * Waits for what the report needs. A request to stop does not end this wait; it leaves the task
   * less time.
   */
  static <T> T joinForReport(ParallelRead<T> task)
      throws SourceException, StoreException, InterruptedException {
    boolean done = false;
    while (!done) {
      try {
        done = task.await(FOREVER);
      } catch (InterruptedException e) {
        // Whoever stops the execution has said so elsewhere too.
      }
    }
    return join(task);
  }

  /** Waits for a task that is worth only so much time; absent, and given up, if it took more. */
  public static <T> Optional<T> join(ParallelRead<T> task, Duration most)
      throws SourceException, StoreException, InterruptedException {
    try {
      if (task.await(most)) {
        return Optional.of(task.get());
      }
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (CancellationException e) {
      throw new InterruptedException();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SourceException failure -> throw failure;
        case StoreException failure -> throw failure;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
