package io.github.prefectgcm;

import io.github.prefectgcm.time.Time;
import java.time.Duration;

/** What a command runs with, whatever its settings. */
record Surroundings(Time time, Deadline deadline, Tasks tasks, Log log) {

  /**
   * From now on the time runs, and a signal ends what is under way.
   *
   * @param most time for the whole command
   */
  static Surroundings start(Duration most, Time time, Log log, Stopper stopper) {
    var deadline = new Deadline(most, time::nanos);
    var tasks = new Tasks(time);
    Thread worker = Thread.currentThread();
    stopper.onStop(() -> deadline.stop(worker, tasks));
    return new Surroundings(time, deadline, tasks, log);
  }
}
