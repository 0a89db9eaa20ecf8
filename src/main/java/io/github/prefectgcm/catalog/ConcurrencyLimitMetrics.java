package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Levels of concurrency limits, the inactive ones left out. */
final class ConcurrencyLimitMetrics {
  private static final Label NAME =
      new Label(
          "limit_name",
          "Name of the concurrency limit: its own, that of its tag, or flow and deployment with a"
              + " slash between them.");
  private static final Label TYPE =
      new Label("limit_type", "What is limited: global, tag or deployment.");

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "concurrency_limit/slots_used",
                  ValueType.INT64,
                  "1",
                  "Concurrency slots used",
                  "Slots of the concurrency limit that are taken.",
                  NAME,
                  TYPE),
              seen -> byLimit(seen, Slots::used)),
          new Level(
              gauge(
                  "concurrency_limit/slot_limit",
                  ValueType.INT64,
                  "1",
                  "Concurrency slot limit",
                  "Slots that the concurrency limit has.",
                  NAME,
                  TYPE),
              seen -> byLimit(seen, slots -> Optional.of(slots.limit()))));

  private ConcurrencyLimitMetrics() {}

  private static Optional<Map<List<String>, Value>> byLimit(
      Snapshot seen, Function<Slots, Optional<Long>> count) {
    return seen.concurrencyLimits()
        .map(limits -> {
          Map<String, String> deployments = deployments(seen);
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (ConcurrencyLimit limit : limits) {
            Optional<String> name = name(limit, deployments);
            Optional<Long> slots = count.apply(limit.slots());
            if (name.isPresent() && slots.isPresent()) {
              values.put(
                  row(LabelValue.clean(name.get()), limit.kind().label()),
                  new Int64Value(slots.get()));
            }
          }
          return values;
        });
  }

  /** Absent for a deployment that is not known: its id names nothing to anybody. */
  private static Optional<String> name(ConcurrencyLimit limit, Map<String, String> deployments) {
    return limit.kind() == ConcurrencyLimit.Kind.DEPLOYMENT
        ? Optional.ofNullable(deployments.get(limit.name()))
        : Optional.of(limit.name());
  }

  /** Flow and deployment, as Prefect writes them, by the deployment's id. */
  private static Map<String, String> deployments(Snapshot seen) {
    var names = new TreeMap<String, String>();
    for (Deployment deployment : seen.inventory().map(Inventory::deployments).orElse(List.of())) {
      names.put(
          deployment.id(),
          deployment.origin().flowName() + "/" + deployment.origin().deploymentName());
    }
    return names;
  }
}
