package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Adds up the runs that are due and not final; its size depends on the number of pools only. */
public final class CurrentRunCounts implements Consumer<CurrentRun> {
  /**
   * A run is late this long after its time, as Prefect sees it (<a
   * href="https://docs.prefect.io/v3/api-ref/settings-ref">PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS</a>).
   */
  static final Duration GRACE = Duration.ofSeconds(15);

  /** The runs of one pool in one state. */
  record Place(String workPoolName, CurrentState state) {

    // Not the generated ones, as with Series.

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that
          && workPoolName.equals(that.workPoolName)
          && state == that.state;
    }

    @Override
    public int hashCode() {
      return 31 * workPoolName.hashCode() + state.hashCode();
    }
  }

  /** How many, and since when the first of them. */
  record Crowd(long count, Instant oldest) {
    Crowd with(Crowd more) {
      return new Crowd(count + more.count, oldest.isBefore(more.oldest) ? oldest : more.oldest);
    }
  }

  private final Instant now;
  private final Map<Place, Crowd> present = new HashMap<>();
  private final Map<String, Crowd> late = new HashMap<>();
  private final Set<String> workPoolNames = new TreeSet<>();

  public CurrentRunCounts(Instant now) {
    this.now = now;
  }

  @Override
  public void accept(CurrentRun run) {
    workPoolNames.add(run.workPoolName());
    present.merge(
        new Place(run.workPoolName(), run.state()), new Crowd(1, run.since()), Crowd::with);
    if (isLate(run)) {
      late.merge(run.workPoolName(), new Crowd(1, run.due()), Crowd::with);
    }
  }

  private boolean isLate(CurrentRun run) {
    boolean waiting =
        switch (run.state()) {
          case DUE, LATE, AWAITING_RETRY, AWAITING_CONCURRENCY_SLOT, PENDING -> true;
          case RUNNING, PAUSED, CANCELLING -> false;
        };
    return waiting && !run.started() && run.due().plus(GRACE).isBefore(now);
  }

  Crowd in(String workPoolName, CurrentState state) {
    return present.getOrDefault(new Place(workPoolName, state), new Crowd(0, now));
  }

  Crowd late(String workPoolName) {
    return late.getOrDefault(workPoolName, new Crowd(0, now));
  }

  Set<String> workPoolNames() {
    return workPoolNames;
  }
}
