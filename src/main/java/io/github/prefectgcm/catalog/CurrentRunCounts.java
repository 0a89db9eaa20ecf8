package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Adds up the runs that are due and not final; its size depends on the number of pools, queues and
 * deployments only.
 */
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

  /**
   * A queue, or what waits in it for one deployment; the empty string where there is none of it.
   */
  record Line(String workPoolName, String workQueueName, String deploymentId) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Line that
          && workPoolName.equals(that.workPoolName)
          && workQueueName.equals(that.workQueueName)
          && deploymentId.equals(that.deploymentId);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * workPoolName.hashCode() + workQueueName.hashCode())
          + deploymentId.hashCode();
    }

    static Line of(String workPoolName, String workQueueName) {
      return new Line(workPoolName, workQueueName, "");
    }

    Line ofAll() {
      return of(workPoolName, workQueueName);
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
  private final Map<Line, Crowd> late = new HashMap<>();
  private final Map<Line, Crowd> waiting = new HashMap<>();
  private final Map<Line, Long> takingSlots = new HashMap<>();
  private final Map<String, Long> takingSlotsOfDeployments = new HashMap<>();
  private final Map<String, Map<CurrentState, Crowd>> ofDeployments = new HashMap<>();
  private final Set<String> workPoolNames = new TreeSet<>();

  public CurrentRunCounts(Instant now) {
    this.now = now;
  }

  @Override
  public void accept(CurrentRun run) {
    var line = new Line(run.workPoolName(), run.workQueueName(), run.deploymentId());
    workPoolNames.add(run.workPoolName());
    present.merge(
        new Place(run.workPoolName(), run.state()), new Crowd(1, run.since()), Crowd::with);
    if (run.state() == CurrentState.PENDING || run.state() == CurrentState.RUNNING) {
      ofDeployments
          .computeIfAbsent(run.deploymentId(), id -> new EnumMap<>(CurrentState.class))
          .merge(run.state(), new Crowd(1, run.since()), Crowd::with);
    }
    if (isLate(run)) {
      late.merge(line, new Crowd(1, run.due()), Crowd::with);
    }
    if (isInLine(run.state()) && !run.started() && !run.due().isAfter(now)) {
      waiting.merge(line.ofAll(), new Crowd(1, run.due()), Crowd::with);
    }
    if (run.state() == CurrentState.PENDING || run.state() == CurrentState.RUNNING) {
      takingSlots.merge(line.ofAll(), 1L, Long::sum);
    }
    if (takesSlotOfDeployment(run.state())) {
      takingSlotsOfDeployments.merge(run.deploymentId(), 1L, Long::sum);
    }
  }

  /** Whether no worker has it; one that is pending has been taken out of its queue. */
  private static boolean isInLine(CurrentState state) {
    return switch (state) {
      case DUE, LATE, AWAITING_RETRY, AWAITING_CONCURRENCY_SLOT -> true;
      case PENDING, RUNNING, PAUSED, CANCELLING -> false;
    };
  }

  /** Unlike a pool, a deployment lets a run go when it has been cancelled, not before. */
  private static boolean takesSlotOfDeployment(CurrentState state) {
    return switch (state) {
      case PENDING, RUNNING, CANCELLING -> true;
      case DUE, LATE, AWAITING_RETRY, AWAITING_CONCURRENCY_SLOT, PAUSED -> false;
    };
  }

  private boolean isLate(CurrentRun run) {
    boolean notBegun = isInLine(run.state()) || run.state() == CurrentState.PENDING;
    return notBegun && !run.started() && run.due().plus(GRACE).isBefore(now);
  }

  Crowd in(String workPoolName, CurrentState state) {
    return present.getOrDefault(new Place(workPoolName, state), new Crowd(0, now));
  }

  /** The pending or running runs of a deployment, by its id. */
  Crowd of(String deploymentId, CurrentState state) {
    return ofDeployments
        .getOrDefault(deploymentId, Map.of())
        .getOrDefault(state, new Crowd(0, now));
  }

  /** How many runs of a deployment are late. */
  long lateOf(String deploymentId) {
    return late.entrySet().stream()
        .filter(each -> each.getKey().deploymentId().equals(deploymentId))
        .mapToLong(each -> each.getValue().count())
        .sum();
  }

  /** The late runs of all queues and deployments that have any. */
  Map<Line, Crowd> late() {
    return late;
  }

  Crowd late(String workPoolName) {
    return late.entrySet().stream()
        .filter(each -> each.getKey().workPoolName().equals(workPoolName))
        .map(Map.Entry::getValue)
        .reduce(new Crowd(0, now), Crowd::with);
  }

  /** The runs that wait in a queue for somebody to take them, since they were due. */
  Crowd waitingIn(Line queue) {
    return waiting.getOrDefault(queue, new Crowd(0, now));
  }

  /** The queues in which any run waits. */
  Set<Line> queues() {
    return waiting.keySet();
  }

  /** How many take a slot of a work queue, as Prefect counts them. */
  long takingSlots(Line queue) {
    return takingSlots.getOrDefault(queue, 0L);
  }

  /** The same of a deployment, by its id. */
  long takingSlotsOfDeployment(String id) {
    return takingSlotsOfDeployments.getOrDefault(id, 0L);
  }

  /** The same of a work pool. */
  long takingSlots(String workPoolName) {
    return in(workPoolName, CurrentState.PENDING).count()
        + in(workPoolName, CurrentState.RUNNING).count();
  }

  Set<String> workPoolNames() {
    return workPoolNames;
  }
}
