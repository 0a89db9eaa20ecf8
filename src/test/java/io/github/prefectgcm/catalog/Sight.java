package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A snapshot at noon in the making; what is not given could not be read. */
final class Sight {
  private Optional<Boolean> healthy = Optional.of(true);
  private Optional<List<Deployment>> deployments = Optional.empty();
  private Optional<List<WorkPool>> pools = Optional.empty();
  private Optional<CurrentRunCounts> runs = Optional.empty();
  private Optional<List<WorkQueue>> queues = Optional.empty();
  private Optional<List<ConcurrencyLimit>> limits = Optional.empty();
  private Optional<List<Worker>> workers = Optional.empty();
  private Optional<Boolean> ready = Optional.empty();
  private Optional<Long> scheduled = Optional.empty();
  private Traffic traffic = Traffic.NONE;
  private Optional<List<StateCount>> expected = Optional.empty();
  private Exporter job = new Exporter("1.2", Optional.empty(), true, Map.of(), Map.of());

  Sight unhealthy() {
    healthy = Optional.of(false);
    return this;
  }

  Sight pools(List<WorkPool> known) {
    pools = Optional.of(known);
    return this;
  }

  Sight deployments(Deployment... known) {
    deployments = Optional.of(List.of(known));
    return this;
  }

  Sight runs(CurrentRun... current) {
    var counts = new CurrentRunCounts(SmallWorkspace.NOON);
    List.of(current).forEach(counts);
    runs = Optional.of(counts);
    return this;
  }

  Sight queues(WorkQueue... known) {
    queues = Optional.of(List.of(known));
    return this;
  }

  Sight limits(ConcurrencyLimit... known) {
    limits = Optional.of(List.of(known));
    return this;
  }

  Sight workers(List<Worker> known) {
    workers = Optional.of(known);
    return this;
  }

  Sight ready(boolean said) {
    ready = Optional.of(said);
    return this;
  }

  Sight scheduled(long runs) {
    scheduled = Optional.of(runs);
    return this;
  }

  Sight traffic(Traffic seen) {
    traffic = seen;
    return this;
  }

  Sight expected(StateCount... counts) {
    expected = Optional.of(List.of(counts));
    return this;
  }

  Sight job(Exporter told) {
    job = told;
    return this;
  }

  Snapshot snapshot() {
    Optional<Inventory> inventory =
        pools.isEmpty() && deployments.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Inventory(deployments.orElse(List.of()), Set.of(), pools.orElse(List.of())));
    return new Snapshot(
        SmallWorkspace.NOON,
        healthy,
        ready,
        inventory,
        runs,
        queues,
        workers,
        limits,
        scheduled,
        expected,
        traffic,
        job);
  }
}
