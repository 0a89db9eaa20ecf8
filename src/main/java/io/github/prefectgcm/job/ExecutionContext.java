package io.github.prefectgcm.job;

import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.time.Time;
import java.time.Duration;

/** What a command runs with, whatever its settings. */
public record ExecutionContext(Time time, Deadline deadline, ParallelReads tasks, Log log) {

  /** The same with another log, and with what time is left for an execution of its own. */
  public ExecutionContext apart(Log other) {
    return new ExecutionContext(time, new Deadline(deadline.left(), time::nanos), tasks, other);
  }

  /**
   * From now on the time runs, and a signal ends what is under way.
   *
   * @param most time for the whole command
   */
  public static ExecutionContext start(Duration most, Time time, Log log, ShutdownHook stopper) {
    var deadline = new Deadline(most, time::nanos);
    var tasks = new ParallelReads(time);
    Thread worker = Thread.currentThread();
    stopper.onStop(() -> deadline.stop(worker, tasks));
    return new ExecutionContext(time, deadline, tasks, log);
  }
}
