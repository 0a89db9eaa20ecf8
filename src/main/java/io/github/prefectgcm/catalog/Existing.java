package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which series belong to something that exists in Prefect. Without an inventory nothing is known to
 * exist, and nothing is known to be gone.
 */
final class Existing {
  private final Optional<Inventory> inventory;
  private final LabelSelection labels;
  private final Map<ValueType, Names> names = new HashMap<>();

  /**
   * @param labels which labels series have: what is left empty names nothing
   */
  Existing(Optional<Inventory> inventory, LabelSelection labels) {
    this.inventory = inventory;
    this.labels = labels;
  }

  /** Names as the labels of some metrics show them. */
  private static final class Names {
    final Set<String> flows = new HashSet<>();
    final Set<String> pools = new HashSet<>();
    final Map<List<String>, Set<String>> owners = new HashMap<>();
    final Set<List<String>> pairs = new HashSet<>();

    Names(Inventory inventory, LabelSelection labels, Metric metric) {
      inventory.flowNames().forEach(flow -> flows.add(LabelValue.clean(flow)));
      inventory.workPools().forEach(pool -> pools.add(LabelValue.clean(pool.name())));
      for (var deployment : inventory.deployments()) {
        Origin origin = labels.shown(metric, deployment.origin());
        String flow = LabelValue.clean(origin.flowName());
        String name = LabelValue.clean(origin.deploymentName());
        owners
            .computeIfAbsent(List.of(flow, name), key -> new HashSet<>())
            .add(LabelValue.clean(origin.owner()));
        pairs.add(List.of(flow, name, LabelValue.clean(origin.workPoolName())));
      }
    }
  }

  private Names names(Inventory known, Metric metric) {
    return names.computeIfAbsent(
        metric.valueType() == ValueType.DISTRIBUTION ? ValueType.DISTRIBUTION : ValueType.INT64,
        type -> new Names(known, labels, metric));
  }

  /**
   * Whether anything that the series' labels name is known to be gone, or a deployment to have left
   * the work pool or the owner that they name beside it. A run of such a pair is still counted, for
   * the window in which it ended.
   */
  boolean isGone(Series series) {
    if (inventory.isEmpty() || !inventory.get().isWhole()) {
      return false;
    }
    Names known = names(inventory.get(), series.metric());
    String flow = label(series, Dimension.FLOW_NAME).orElse("");
    String deployment = label(series, Dimension.DEPLOYMENT_NAME).orElse("");
    Optional<String> pool = label(series, Dimension.WORK_POOL_NAME);
    boolean named =
        labels.fills(series.metric(), Dimension.FLOW_NAME.label().key())
            ? new Origin(flow, deployment, "").hasDeployment()
            : new Origin("any", deployment, "").hasDeployment();
    if (!named) {
      return isUnknown(known.flows, flow) || isUnknown(known.pools, pool.orElse(""));
    }
    Set<String> owners = known.owners.getOrDefault(List.of(flow, deployment), Set.of());
    return owners.isEmpty()
        || pool.filter(its -> !known.pairs.contains(List.of(flow, deployment, its))).isPresent()
        || label(series, Dimension.OWNER)
            .filter(its -> !owners.contains(its) && !owners.contains(""))
            .isPresent();
  }

  private static Optional<String> label(Series series, Dimension<?> dimension) {
    return series.label(dimension.label().key());
  }

  private static boolean isUnknown(Set<String> known, String name) {
    return !name.isEmpty() && !known.contains(name);
  }

  /** The series that a run of any known deployment would count into. */
  <R extends Occurrence> Set<Series> series(Counter<R> counter) {
    var series = new LinkedHashSet<Series>();
    for (Origin origin : origins(counter)) {
      series.addAll(counter.series(origin));
    }
    return series;
  }

  private List<Origin> origins(Counter<?> counter) {
    if (inventory.isEmpty()) {
      return List.of();
    }
    if (counter.tellsDeploymentsApart()) {
      return inventory.get().deployments().stream().map(each -> each.origin()).toList();
    }
    var pools = new LinkedHashSet<String>();
    pools.add("");
    inventory.get().workPools().stream().map(WorkPool::name).forEach(pools::add);
    return pools.stream().map(pool -> new Origin("", "", pool)).toList();
  }
}
