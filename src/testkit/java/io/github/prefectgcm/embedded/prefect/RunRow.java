package io.github.prefectgcm.embedded.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the server's table shows it at one moment.
 *
 * @param stateTime the timestamp of its present state
 * @param message what that state says
 * @param nextScheduled only while it is SCHEDULED
 * @param total time in RUNNING, attempts that are over
 * @param estimated {@code total} and the attempt under way
 * @param lateness how long after its expected start it started, or has not started yet
 */
record RunRow(
    Run run,
    ServerStateType type,
    String name,
    Instant stateTime,
    Optional<String> message,
    Optional<Instant> nextScheduled,
    Optional<Instant> start,
    Optional<Instant> end,
    int runCount,
    Duration total,
    Duration estimated,
    Duration lateness) {

  /** The late-runs service waits this long before it calls an overdue run Late. */
  private static final Duration LATE_AFTER = Duration.ofSeconds(15);

  /** The run as of a moment; empty if there is no such row then. */
  static Optional<RunRow> of(Run run, Instant now) {
    if (run.created.isAfter(now) || !run.flow.exists(now)) {
      return Optional.empty();
    }
    StateChange state = run.changes().getFirst();
    Optional<Instant> start = Optional.empty();
    Optional<Instant> end = Optional.empty();
    int runCount = 0;
    Duration total = Duration.ZERO;
    for (StateChange change : run.changes()) {
      if (change.visible().isAfter(now)) {
        break;
      }
      if (state.type() == ServerStateType.RUNNING) {
        total = total.plus(Duration.between(state.time(), change.time()));
      }
      if (change.type() == ServerStateType.RUNNING) {
        runCount += state.type() == ServerStateType.PAUSED ? 0 : 1;
        start = start.or(() -> Optional.of(change.time()));
      }
      if (!change.type().isFinal()) {
        end = Optional.empty();
      } else if (end.isEmpty()) {
        // A final state over a final state keeps the first end.
        end = Optional.of(change.time());
        start = start.or(() -> Optional.of(change.time()));
      }
      state = change;
    }
    if (state.type() == ServerStateType.SCHEDULED) {
      state = overdue(state, now);
      if (run.deployment.isPresent() && !run.deployment.get().exists(now)) {
        return Optional.empty();
      }
    }
    Duration estimated =
        state.type() == ServerStateType.RUNNING
            ? total.plus(positive(Duration.between(state.time(), now)))
            : total;
    Instant lateUntil = start.orElse(state.type().isFinal() ? run.expected : now);
    return Optional.of(
        new RunRow(
            run,
            state.type(),
            state.name(),
            state.time(),
            state.message(),
            state.scheduled(),
            start,
            end,
            runCount,
            total,
            estimated,
            positive(Duration.between(run.expected, lateUntil))));
  }

  private static StateChange overdue(StateChange state, Instant now) {
    Instant late = state.scheduled().orElseThrow().plus(LATE_AFTER);
    return state.name().equals("Scheduled") && !now.isBefore(late)
        ? new StateChange(ServerStateType.SCHEDULED, "Late", late, late, state.scheduled())
        : state;
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** What Prefect's {@code start_time} filter and sort look at. */
  Instant startOrExpected() {
    return start.orElse(run.expected);
  }
}
