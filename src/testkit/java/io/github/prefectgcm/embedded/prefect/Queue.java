package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A work queue of a pool. */
public final class Queue {
  final UUID id;
  final Pool pool;
  final String name;
  volatile boolean paused;
  volatile OptionalInt limit = OptionalInt.empty();
  volatile Optional<Instant> polled = Optional.empty();

  Queue(UUID id, Pool pool, String name) {
    this.id = id;
    this.pool = pool;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public Queue paused(boolean paused) {
    this.paused = paused;
    return this;
  }

  /** At most that many runs at a time. */
  public Queue limit(int runs) {
    limit = OptionalInt.of(runs);
    return this;
  }

  /** A worker last asked for its runs then. */
  public Queue polled(Instant time) {
    polled = Optional.of(time);
    return this;
  }

  /** What the server's status column says: a minute without a poll makes a queue not ready. */
  String status(Instant now) {
    if (paused) {
      return "PAUSED";
    }
    return polled.filter(last -> last.plusSeconds(60).isAfter(now)).isPresent()
        ? "READY"
        : "NOT_READY";
  }
}
