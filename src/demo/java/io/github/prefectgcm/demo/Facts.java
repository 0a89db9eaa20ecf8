package io.github.prefectgcm.demo;

import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the page says about itself beside the series.
 *
 * @param title whose day it is
 * @param about where the numbers come from
 * @param day what the charts span
 * @param outage when the job was not executed, if that was
 * @param events what is known to have happened, for the reader to find in the charts
 * @param executions how often the job ran
 * @param took how long all of it took on the clock on the wall
 */
record Facts(
    String title,
    String about,
    Window day,
    Optional<Window> outage,
    List<Event> events,
    int executions,
    Duration took) {
  Facts {
    events = List.copyOf(events);
  }

  /** Something that went on for a while. */
  record Event(Window span, String text) {}
}
