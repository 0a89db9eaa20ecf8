package io.github.prefectgcm.demo;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinalState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The whole life of a flow run.
 *
 * @param deployment absent for a run that somebody started by hand
 * @param due when it is to start
 * @param pending when a worker took it
 * @param running when it began, if it ever did
 * @param ended when it reached its final state
 * @param attempts how often it entered RUNNING
 * @param runTime time in RUNNING over all attempts
 */
record SimulatedRun(
    UUID id,
    String flow,
    Optional<SimulatedDeployment> deployment,
    Instant due,
    Instant pending,
    Optional<Instant> running,
    Instant ended,
    FinalState state,
    int attempts,
    Duration runTime) {
  /** How long Prefect waits before it calls a run late. */
  static final Duration GRACE = Duration.ofSeconds(15);

  /** Between two attempts. */
  static final Duration RETRY_DELAY = Duration.ofSeconds(20);

  String pool() {
    return deployment.map(deployment -> deployment.pool().name()).orElse("");
  }

  boolean finishedAt(Instant time) {
    return !ended.isAfter(time);
  }

  /** What it is doing, while it is due and not final; waiting for a retry counts as running. */
  Optional<CurrentState> stateAt(Instant time) {
    if (finishedAt(time) || due.isAfter(time)) {
      return Optional.empty();
    }
    if (running.isPresent() && !running.get().isAfter(time)) {
      return Optional.of(CurrentState.RUNNING);
    }
    if (!pending.isAfter(time)) {
      return Optional.of(CurrentState.PENDING);
    }
    return Optional.of(due.plus(GRACE).isAfter(time) ? CurrentState.DUE : CurrentState.LATE);
  }

  /** When it entered the state it is in. */
  Instant since(Instant time) {
    return switch (stateAt(time).orElseThrow()) {
      case RUNNING -> running.orElseThrow();
      case PENDING -> pending;
      case LATE -> due.plus(GRACE);
      default -> due;
    };
  }
}
