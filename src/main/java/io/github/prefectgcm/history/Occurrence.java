package io.github.prefectgcm.history;

import java.time.Instant;

/** Something that happened once, at a time, and is counted by it. */
public interface Occurrence {
  Origin origin();

  /** In whole microseconds. */
  Instant time();
}
