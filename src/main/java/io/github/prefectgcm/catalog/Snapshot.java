package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What levels are measured from. A part that could not be read is absent.
 *
 * @param now the reference clock
 * @param healthy whether Prefect's health route said so; absent if it was not asked to the end
 * @param ready whether Prefect said that its database answers, likewise
 * @param scheduledRuns how many are to start within {@link #AHEAD}
 * @param expectedRuns the run history over {@code WINDOW_HOURS}
 */
public record Snapshot(
    Instant now,
    Optional<Boolean> healthy,
    Optional<Boolean> ready,
    Optional<Inventory> inventory,
    Optional<CurrentRunCounts> currentRuns,
    Optional<List<WorkQueue>> workQueues,
    Optional<List<Worker>> workers,
    Optional<List<ConcurrencyLimit>> concurrencyLimits,
    Optional<Long> scheduledRuns,
    Optional<List<StateCount>> expectedRuns,
    Traffic traffic,
    Exporter job) {
  /** How far ahead scheduled runs are counted. */
  public static final Duration AHEAD = Duration.ofHours(24);

  Optional<List<WorkPool>> workPools() {
    return inventory.map(Inventory::workPools);
  }

  /** With what the current runs tell, where the server does not. */
  Optional<Slots> slots(WorkPool pool) {
    return pool.slots().map(slots -> counted(slots, runs -> runs.takingSlots(pool.name())));
  }

  Optional<Slots> slots(WorkQueue queue) {
    var line = CurrentRunCounts.Line.of(queue.workPoolName(), queue.name());
    return queue.slots().map(slots -> counted(slots, runs -> runs.takingSlots(line)));
  }

  Optional<Slots> slots(Deployment deployment) {
    return deployment
        .slots()
        .map(slots -> counted(slots, runs -> runs.takingSlotsOfDeployment(deployment.id())));
  }

  private Slots counted(Slots told, ToLongFunction<CurrentRunCounts> count) {
    return new Slots(told.limit(), told.used().or(() -> currentRuns.map(count::applyAsLong)));
  }
}
