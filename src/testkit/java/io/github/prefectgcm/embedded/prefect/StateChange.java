package io.github.prefectgcm.embedded.prefect;

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
record StateChange(
    ServerStateType type,
    String name,
    Instant time,
    Instant visible,
    Optional<Instant> scheduled,
    Optional<String> message) {

  /** A state that says nothing. */
  StateChange(
      ServerStateType type,
      String name,
      Instant time,
      Instant visible,
      Optional<Instant> scheduled) {
    this(type, name, time, visible, scheduled, Optional.empty());
  }

  StateChange seenFrom(Instant visible) {
    return new StateChange(type, name, time, visible, scheduled, message);
  }

  StateChange saying(String message) {
    return new StateChange(type, name, time, visible, scheduled, Optional.of(message));
  }
}
