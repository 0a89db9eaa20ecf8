package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.Optional;
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

  boolean exists(Instant now) {
    return now.isBefore(deleted) && flow.exists(now);
  }
}
