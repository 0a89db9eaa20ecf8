package io.github.prefectgcm.embedded.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A work pool with its workers. */
public final class Pool {
  final UUID id;
  final Queue queue;
  final String name;
  final String type;
  final List<Heartbeats> workers = new CopyOnWriteArrayList<>();
  final List<Queue> queues = new CopyOnWriteArrayList<>();
  volatile OptionalInt limit = OptionalInt.empty();
  volatile boolean paused;
  volatile Instant deleted = Instant.MAX;

  Pool(UUID id, UUID queueId, String name, String type) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.queue = new Queue(queueId, this, "default");
    queues.add(queue);
  }

  public String name() {
    return name;
  }

  public Pool paused(boolean paused) {
    this.paused = paused;
    return this;
  }

  /** At most that many runs at a time. */
  public Pool limit(int runs) {
    limit = OptionalInt.of(runs);
    return this;
  }

  /** The queue that every pool has. */
  public Queue defaultQueue() {
    return queue;
  }

  boolean exists(Instant now) {
    return now.isBefore(deleted);
  }

  /** What the server's status column says; the word {@code null} stands for none. */
  String status(Instant now) {
    if (type.equals("prefect-agent")) {
      return "null";
    }
    if (paused) {
      return "PAUSED";
    }
    boolean unattended = type.endsWith(":push") || type.endsWith(":managed");
    return unattended || workers.stream().anyMatch(worker -> worker.online(now))
        ? "READY"
        : "NOT_READY";
  }

  /** A worker that sends heartbeats for a while. */
  record Heartbeats(UUID id, String name, Instant from, Instant to, Duration interval) {

    boolean exists(Instant now) {
      return !now.isBefore(from);
    }

    Instant last(Instant now) {
      Instant until = now.isBefore(to) ? now : to;
      long beats = Duration.between(from, until).dividedBy(interval);
      return from.plus(interval.multipliedBy(Math.max(0, beats)));
    }

    /** The foreman service sets a worker offline after three intervals without a heartbeat. */
    boolean online(Instant now) {
      return exists(now) && !last(now).plus(interval.multipliedBy(3)).isBefore(now);
    }
  }
}
