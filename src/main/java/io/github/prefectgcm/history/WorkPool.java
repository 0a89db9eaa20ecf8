package io.github.prefectgcm.history;

import java.util.Locale;
import java.util.Optional;

/**
 * A work pool.
 *
 * @param type Prefect's type, such as {@code process}, {@code kubernetes} or {@code
 *     cloud-run:push}; may be the empty string
 * @param ready whether it can take work; absent where Prefect keeps no status
 * @param slots absent where it has no limit
 */
public record WorkPool(
    String name, String type, Optional<Boolean> ready, boolean paused, Optional<Slots> slots) {

  /** A work pool without a limit. */
  public WorkPool(String name, String type, Optional<Boolean> ready, boolean paused) {
    this(name, type, ready, paused, Optional.empty());
  }

  /** Whether workers poll it: push, managed and agent pools have none. */
  public boolean hasWorkers() {
    String kind = type.toLowerCase(Locale.ROOT);
    return !kind.endsWith(":push") && !kind.endsWith(":managed") && !kind.equals("prefect-agent");
  }
}
