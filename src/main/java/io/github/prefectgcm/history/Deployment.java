package io.github.prefectgcm.history;

import java.util.Optional;

/**
 * A deployment that exists now.
 *
 * @param id Prefect's id; for asking Prefect, never for a label
 * @param slots absent where it has no limit
 * @param ready whether somebody polls for its runs; absent where Prefect keeps no status
 * @param scheduled whether it has an active schedule, be it paused as a whole
 */
public record Deployment(
    String id,
    Origin origin,
    boolean paused,
    Optional<Slots> slots,
    Optional<Boolean> ready,
    boolean scheduled) {

  /** One of which neither status nor schedules are known. */
  public Deployment(String id, Origin origin, boolean paused, Optional<Slots> slots) {
    this(id, origin, paused, slots, Optional.empty(), false);
  }

  /** One that is not paused and has no limit. */
  public Deployment(String id, Origin origin) {
    this(id, origin, false, Optional.empty());
  }
}
