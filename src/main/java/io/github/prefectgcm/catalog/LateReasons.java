package io.github.prefectgcm.catalog;

import io.github.prefectgcm.catalog.CurrentRunCounts.Line;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why runs are late, from what was seen of their deployments, pools, queues and workers.
 */
final class LateReasons {
  private final Snapshot seen;
  private final Map<String, Deployment> deployments = new HashMap<>();
  private final Map<String, WorkPool> pools = new HashMap<>();
  private final Map<Line, WorkQueue> queues = new HashMap<>();

  /** The pools for which a worker is there; absent if workers could not be read. */
  private final Optional<Set<String>> attended;

  LateReasons(Snapshot seen) {
    this.seen = seen;
    seen.inventory()
        .map(Inventory::deployments)
        .ifPresent(all -> all.forEach(deployment -> deployments.put(deployment.id(), deployment)));
    seen.workPools().ifPresent(all -> all.forEach(pool -> pools.put(pool.name(), pool)));
    seen.workQueues()
        .ifPresent(all ->
            all.forEach(queue -> queues.put(Line.of(queue.workPoolName(), queue.name()), queue)));
    this.attended =
        seen.workers()
            .map(workers -> {
              var names = new HashSet<String>();
              workers.stream()
                  .filter(worker -> WorkPoolMetrics.isOnline(worker, seen.now()))
                  .forEach(worker -> names.add(worker.workPoolName()));
              return names;
            });
  }

  /** Why the runs of one deployment in one queue are late. */
  LateReason of(Line line) {
    Optional<Deployment> deployment = Optional.ofNullable(deployments.get(line.deploymentId()));
    Optional<WorkPool> pool = Optional.ofNullable(pools.get(line.workPoolName()));
    Optional<WorkQueue> queue = Optional.ofNullable(queues.get(line.ofAll()));
    if (deployment.filter(Deployment::paused).isPresent()) {
      return LateReason.DEPLOYMENT_PAUSED;
    }
    if (pool.filter(WorkPool::paused).isPresent()) {
      return LateReason.POOL_PAUSED;
    }
    if (queue.filter(WorkQueue::paused).isPresent()) {
      return LateReason.QUEUE_PAUSED;
    }
    if (pool.filter(this::isUnattended).isPresent()) {
      return LateReason.NO_WORKER;
    }
    if (deployment.flatMap(seen::slots).filter(Slots::areFull).isPresent()) {
      return LateReason.DEPLOYMENT_FULL;
    }
    if (pool.flatMap(seen::slots).filter(Slots::areFull).isPresent()) {
      return LateReason.POOL_FULL;
    }
    return queue.flatMap(seen::slots).filter(Slots::areFull).isPresent()
        ? LateReason.QUEUE_FULL
        : LateReason.UNEXPLAINED;
  }

  private boolean isUnattended(WorkPool pool) {
    return pool.hasWorkers() && attended.filter(names -> !names.contains(pool.name())).isPresent();
  }
}
