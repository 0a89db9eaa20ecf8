package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
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
