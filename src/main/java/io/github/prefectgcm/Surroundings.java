package io.github.prefectgcm;

import java.time.Duration;
import java.time.InstantSource;

/** What a command runs with, whatever its settings. */
record Surroundings(InstantSource clock, Deadline deadline, Tasks tasks, Log log) {

  /**
   * From now on the time runs, and a signal ends what is under way.
   *
   * @param most time for the whole command
   */
  static Surroundings start(Duration most, InstantSource clock, Log log, Stopper stopper) {
    var deadline = new Deadline(most, System::nanoTime);
    // Not virtual threads: their scheduler costs more to start than these few threads do.
    var tasks = new Tasks(Thread.ofPlatform().daemon().name("task")::start);
    Thread worker = Thread.currentThread();
    stopper.onStop(() -> deadline.stop(worker, tasks));
    return new Surroundings(clock, deadline, tasks, log);
  }
}
