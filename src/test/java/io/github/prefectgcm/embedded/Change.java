package io.github.prefectgcm.embedded;

import java.time.Instant;
import java.util.Optional;

/**
 * A run enters a state.
 *
 * @param time the state's own timestamp
 * @param visible when its commit can be seen by readers; never before {@code time}
 * @param scheduled for SCHEDULED: when the run is to start
 */
record Change(
    StateType type, String name, Instant time, Instant visible, Optional<Instant> scheduled) {}
