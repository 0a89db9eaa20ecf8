package io.github.prefectgcm.demo;

import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A work pool and what befalls it.
 *
 * @param workers names; none for a push pool
 * @param gone when its workers are dead
 * @param paused when somebody has paused it
 */
record SimulatedPool(
    String name,
    String type,
    List<String> workers,
    Optional<Window> gone,
    Optional<Window> paused) {
  static final Duration HEARTBEAT = Duration.ofSeconds(30);

  SimulatedPool {
    workers = List.copyOf(workers);
  }

  /** The first moment from {@code due} on at which it takes work. */
  Instant takesWork(Instant due) {
    Instant time = due;
    if (gone.isPresent() && gone.get().contains(time)) {
      time = gone.get().end();
    }
    if (paused.isPresent() && paused.get().contains(time)) {
      time = paused.get().end();
    }
    return time;
  }

  boolean pausedAt(Instant time) {
    return paused.isPresent() && paused.get().contains(time);
  }

  boolean workersGoneAt(Instant time) {
    return gone.isPresent() && gone.get().contains(time);
  }

  /** When a worker was last heard of; workers beat in turn, not all at once. */
  Instant lastHeartbeat(int worker, Instant time) {
    Instant alive = workersGoneAt(time) ? gone.orElseThrow().start() : time;
    long beat = HEARTBEAT.toMillis();
    long shift = worker * beat / Math.max(1, workers.size());
    long millis = alive.toEpochMilli() - shift;
    return Instant.ofEpochMilli(Math.floorDiv(millis, beat) * beat + shift);
  }
}
