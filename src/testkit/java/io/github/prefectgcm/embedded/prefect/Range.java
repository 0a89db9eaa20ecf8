package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;

/** Prefect's {@code after_} and {@code before_}: both inclusive, both optional. */
record Range(Optional<Instant> after, Optional<Instant> before) {
  static final Range ALL = new Range(Optional.empty(), Optional.empty());

  boolean isBounded() {
    return after.isPresent() || before.isPresent();
  }

  boolean contains(Instant time) {
    return (after.isEmpty() || !time.isBefore(after.get()))
        && (before.isEmpty() || !time.isAfter(before.get()));
  }

  /** As in SQL, an absent time is in no bounded range. */
  boolean contains(Optional<Instant> time) {
    return !isBounded() || (time.isPresent() && contains(time.get()));
  }

  <T> NavigableMap<Instant, T> of(NavigableMap<Instant, T> map) {
    Instant from = after.orElse(Instant.MIN);
    Instant to = before.orElse(Instant.MAX);
    return map.subMap(from, true, to.isBefore(from) ? from : to, !to.isBefore(from));
  }
}
