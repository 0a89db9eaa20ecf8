package io.github.prefectgcm.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker's record in a work pool.
 *
 * @param online what the server says, which can lag or stick
 * @param heartbeatInterval 30 s where the worker did not say
 */
public record Worker(
    String workPoolName,
    String name,
    boolean online,
    Optional<Instant> lastHeartbeat,
    Duration heartbeatInterval) {}
