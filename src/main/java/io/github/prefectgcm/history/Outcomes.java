package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What the finished runs of one deployment amount to over some stretch of time: the folded gauges'
 * state. Failed and crashed runs add to the streak, a completed one ends it, a cancelled one does
 * neither. Of two runs that ended in the same microsecond the failure counts as the later one.
 *
 * @param lastSuccess when the last completed run ended, if there was one
 * @param failures failed and crashed runs since {@code lastSuccess}, or all of them
 */
public record Outcomes(Optional<Instant> lastSuccess, long failures) {
  public static final Outcomes NONE = new Outcomes(Optional.empty(), 0);

  /** Takes in a run that ended no later than every run taken in before. */
  public Outcomes withEarlier(FinishedRun run) {
    return switch (run.state()) {
      case COMPLETED ->
          lastSuccess.isPresent() ? this : new Outcomes(Optional.of(run.endTime()), failures);
      case FAILED, CRASHED ->
          lastSuccess.isEmpty() || lastSuccess.get().equals(run.endTime())
              ? new Outcomes(lastSuccess, failures + 1)
              : this;
      case CANCELLED -> this;
    };
  }

  /** These outcomes followed by later ones. */
  public Outcomes then(Outcomes later) {
    return later.lastSuccess.isPresent()
        ? later
        : new Outcomes(lastSuccess, failures + later.failures);
  }
}
