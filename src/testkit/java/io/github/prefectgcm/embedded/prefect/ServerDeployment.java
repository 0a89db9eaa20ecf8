package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A deployment of a flow; its runs outlive it, with an id that leads nowhere. */
public final class ServerDeployment {
  final UUID id;
  final Flow flow;
  final String name;
  final Optional<Pool> pool;
  final Instant created;
  volatile Instant deleted = Instant.MAX;
  volatile boolean unreadable;
  volatile boolean paused;
  volatile OptionalInt limit = OptionalInt.empty();
  volatile boolean polled;
  volatile List<Boolean> schedules = List.of();
  volatile List<String> tags = List.of();
  private volatile Optional<Queue> queue = Optional.empty();

  ServerDeployment(UUID id, Flow flow, String name, Optional<Pool> pool, Instant created) {
    this.id = id;
    this.flow = flow;
    this.name = name;
    this.pool = pool;
    this.created = created;
  }

  public String id() {
    return id.toString();
  }

  public String name() {
    return name;
  }

  public Flow flow() {
    return flow;
  }

  /** Its parameters hold what the server stores and cannot put into JSON. */
  public ServerDeployment unreadable() {
    unreadable = true;
    return this;
  }

  public ServerDeployment paused(boolean paused) {
    this.paused = paused;
    return this;
  }

  /** It has schedules, each active or not. */
  public ServerDeployment schedules(Boolean... active) {
    schedules = List.of(active);
    return this;
  }

  public ServerDeployment tagged(String... words) {
    tags = List.of(words);
    return this;
  }

  /** Whether anybody asks for its runs. */
  public ServerDeployment polled(boolean polled) {
    this.polled = polled;
    return this;
  }

  /** At most that many runs at a time. */
  public ServerDeployment limit(int runs) {
    limit = OptionalInt.of(runs);
    return this;
  }

  /** Its runs go into another queue of its pool than the one that every pool has. */
  public ServerDeployment in(Queue other) {
    queue = Optional.of(other);
    return this;
  }

  Optional<Queue> queue(Instant now) {
    return queue.or(() -> pool.map(Pool::defaultQueue)).filter(it -> it.pool.exists(now));
  }

  boolean exists(Instant now) {
    return now.isBefore(deleted) && flow.exists(now);
  }
}
