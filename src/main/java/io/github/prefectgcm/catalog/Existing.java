package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which series belong to something that exists in Prefect. Without an inventory nothing is known to
 * exist, and nothing is known to be gone.
 */
final class Existing {
  private final Optional<Inventory> inventory;
  private final Set<String> flows = new HashSet<>();
  private final Set<List<String>> deployments = new HashSet<>();
  private final Set<List<String>> pairs = new HashSet<>();
  private final Set<String> pools = new HashSet<>();

  Existing(Optional<Inventory> inventory) {
    this.inventory = inventory;
    inventory.ifPresent(known -> {
      known.flowNames().forEach(flow -> flows.add(LabelValue.clean(flow)));
      known.deployments().forEach(each -> learn(each.origin()));
      known.workPools().forEach(pool -> pools.add(LabelValue.clean(pool.name())));
    });
  }

  private void learn(Origin origin) {
    String flow = LabelValue.clean(origin.flowName());
    String deployment = LabelValue.clean(origin.deploymentName());
    deployments.add(List.of(flow, deployment));
    pairs.add(List.of(flow, deployment, LabelValue.clean(origin.workPoolName())));
  }

  /**
   * Whether anything that the series' labels name is known to be gone, or a deployment to have left
   * the work pool that they name beside it. A run of such a pair is still counted, for the window
   * in which it ended.
   */
  boolean isGone(Series series) {
    if (inventory.isEmpty() || !inventory.get().isWhole()) {
      return false;
    }
    String flow = series.label(Dimension.FLOW_NAME.label().key()).orElse("");
    String deployment = series.label(Dimension.DEPLOYMENT_NAME.label().key()).orElse("");
    Optional<String> pool = series.label(Dimension.WORK_POOL_NAME.label().key());
    if (!new Origin(flow, deployment, "").hasDeployment()) {
      return isUnknown(flows, flow) || isUnknown(pools, pool.orElse(""));
    }
    return pool.isEmpty()
        ? !deployments.contains(List.of(flow, deployment))
        : !pairs.contains(List.of(flow, deployment, pool.get()));
  }

  private static boolean isUnknown(Set<String> known, String name) {
    return !name.isEmpty() && !known.contains(name);
  }

  /** The series that a run of any known deployment, in any final state, would count into. */
  Set<Series> series(Counter counter) {
    var series = new LinkedHashSet<Series>();
    for (Origin origin : origins(counter)) {
      for (FinalState state : FinalState.values()) {
        series.add(counter.series(new FinishedRun(origin, state, 1, Duration.ZERO, Instant.EPOCH)));
      }
    }
    return series;
  }

  private List<Origin> origins(Counter counter) {
    if (inventory.isEmpty()) {
      return List.of();
    }
    if (counter.by().contains(Dimension.FLOW_NAME)) {
      return inventory.get().deployments().stream().map(each -> each.origin()).toList();
    }
    var names = new LinkedHashSet<String>();
    names.add("");
    inventory.get().workPools().stream().map(WorkPool::name).forEach(names::add);
    return names.stream().map(name -> new Origin("", "", name)).toList();
  }
}
