package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A queue of a work pool.
 *
 * @param ready whether something polled it of late; absent where Prefect keeps no status
 * @param lastPolled when somebody last asked it for runs; absent if nobody ever did
 * @param slots absent where it has no limit of its own
 */
public record WorkQueue(
    String workPoolName,
    String name,
    Optional<Boolean> ready,
    boolean paused,
    Optional<Instant> lastPolled,
    Optional<Slots> slots) {}
