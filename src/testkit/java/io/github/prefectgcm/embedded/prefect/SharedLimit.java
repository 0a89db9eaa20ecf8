package io.github.prefectgcm.embedded.prefect;

import java.util.UUID;

/** A concurrency limit that is not a deployment's own: a global one, or that of a tag. */
public final class SharedLimit {
  final UUID id;
  final String name;
  final int limit;
  volatile int used;
  volatile boolean active = true;

  SharedLimit(UUID id, String name, int limit) {
    this.id = id;
    this.name = name;
    this.limit = limit;
  }

  /** So many of its slots are taken. */
  public SharedLimit used(int slots) {
    used = slots;
    return this;
  }

  /** It holds nothing back. */
  public SharedLimit inactive() {
    active = false;
    return this;
  }
}
