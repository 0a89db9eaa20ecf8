package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What a source answered when it was first asked.
 *
 * @param healthy whether its health route said so
 * @param time the source's own clock, to the second, rounded down; absent if nothing answered
 * @param version the server's version, where it tells it
 * @param problem why the source cannot be read, if that is known already
 */
public record Contact(
    boolean healthy,
    Optional<Instant> time,
    Optional<String> version,
    Optional<SourceException> problem) {

  /** The reference clock: the source's, but never a later time than ours. In whole milliseconds. */
  public Instant reference(Instant ours) {
    return Instant.ofEpochMilli(
        time.filter(theirs -> theirs.isBefore(ours)).orElse(ours).toEpochMilli());
  }
}
