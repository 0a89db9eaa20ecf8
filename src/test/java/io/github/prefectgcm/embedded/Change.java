package io.github.prefectgcm.embedded;

import java.time.Instant;
import java.util.Optional;

/**
 * A run enters a state.
 *
 * @param time the state's own timestamp
 * @param visible when its commit can be seen by readers; never before {@code time}
 * @param scheduled for SCHEDULED: when the run is to start
 * @param message what the state says
 */
record Change(
    StateType type,
    String name,
    Instant time,
    Instant visible,
    Optional<Instant> scheduled,
    Optional<String> message) {

  /** A state that says nothing. */
  Change(StateType type, String name, Instant time, Instant visible, Optional<Instant> scheduled) {
    this(type, name, time, visible, scheduled, Optional.empty());
  }

  Change seenFrom(Instant visible) {
    return new Change(type, name, time, visible, scheduled, message);
  }

  Change saying(String message) {
    return new Change(type, name, time, visible, scheduled, Optional.of(message));
  }
}
