package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What tells one run from another. No label is made of it.
 *
 * @param id Prefect's id of the run
 * @param stateId Prefect's id of its last state
 * @param stateName as Prefect shows it, free text
 * @param message what the last state says, free text
 * @param expected when it was to start
 * @param start when it first entered RUNNING
 */
public record RunDetails(
    String id,
    String stateId,
    String name,
    String stateName,
    String message,
    List<String> tags,
    Optional<Instant> expected,
    Optional<Instant> start) {
  /** Of a run of which nothing is known but its numbers. */
  public static final RunDetails NONE =
      new RunDetails("", "", "", "", "", List.of(), Optional.empty(), Optional.empty());

  public RunDetails {
    tags = List.copyOf(tags);
  }
}
