package io.github.prefectgcm.history;

import java.util.Optional;

/**
 * How many runs something may have at a time.
 *
 * @param used how many of them are taken; absent where the server does not tell
 */
public record Slots(long limit, Optional<Long> used) {

  /** Whether nothing more fits; where the server does not tell, it is not known to be full. */
  public boolean areFull() {
    return used.isPresent() && used.get() >= limit;
  }
}
