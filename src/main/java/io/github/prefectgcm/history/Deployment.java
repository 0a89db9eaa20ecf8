package io.github.prefectgcm.history;

import java.util.Optional;

/**
 * A deployment that exists now.
 *
 * @param id Prefect's id; for asking Prefect, never for a label
 * @param slots absent where it has no limit
 */
public record Deployment(String id, Origin origin, boolean paused, Optional<Slots> slots) {

  /** One that is not paused and has no limit. */
  public Deployment(String id, Origin origin) {
    this(id, origin, false, Optional.empty());
  }
}
