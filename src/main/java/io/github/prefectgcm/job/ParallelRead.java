package io.github.prefectgcm.job;

import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** A part of an execution that runs beside others, and how it is waited for. */
final class ParallelRead<T> extends FutureTask<T> {
  private final Time time;
  private final Consumer<ParallelRead<T>> end;

  /**
   * @param end is told when it is done, well or not
   */
  ParallelRead(Callable<T> task, Time time, Consumer<ParallelRead<T>> end) {
    super(task);
    this.time = time;
    this.end = end;
  }

  /** Waits until it is done, well or not; false if it took longer than that. */
  boolean await(Duration most) throws InterruptedException {
    return time.await(this, most);
  }

  @Override
  protected void done() {
    end.accept(this);
  }
}
