package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What a source answered when it was first asked.
 *
 * @param healthy whether its health route said so
 * @param clock the source's own clock beside ours; absent if nothing answered
 * @param version the server's version, where it tells it
 * @param problem why the source cannot be read, if that is known already
 */
public record ServerStatus(
    boolean healthy,
    Optional<ClockReading> clock,
    Optional<String> version,
    Optional<SourceException> problem) {

  /**
   * The reference clock: the source's, but never a later time than ours. In whole milliseconds.
   *
   * @param ours what it is if nothing answered
   */
  public Instant reference(Instant ours) {
    return Instant.ofEpochMilli(clock.map(ClockReading::earlier).orElse(ours).toEpochMilli());
  }
}
