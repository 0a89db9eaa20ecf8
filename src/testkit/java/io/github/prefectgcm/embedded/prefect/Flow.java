package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.UUID;

/** A flow; deleting it takes its deployments and its runs along. */
public final class Flow {
  final UUID id;
  final String name;
  final Instant created;
  volatile Instant deleted = Instant.MAX;
  volatile boolean unreadable;

  Flow(UUID id, String name, Instant created) {
    this.id = id;
    this.name = name;
    this.created = created;
  }

  public String id() {
    return id.toString();
  }

  public String name() {
    return name;
  }

  /** It holds what the server stores and cannot put into JSON. */
  public Flow unreadable() {
    unreadable = true;
    return this;
  }

  boolean exists(Instant now) {
    return now.isBefore(deleted);
  }
}
