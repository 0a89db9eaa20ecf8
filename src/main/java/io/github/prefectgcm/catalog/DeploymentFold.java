package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folded gauges of adjacent windows, oldest first, of the deployments of which the past is
 * known: from the ledger, or from Prefect.
 */
public final class DeploymentFold {
  /** A folded gauge's state, and the instant up to which runs are in it. */
  private record Known(Outcomes outcomes, Instant until, Series series) {}

  private final List<FoldedGauge> gauges;
  private final Existing existing;
  private final List<Deployment> deployments;
  private final Map<FoldedGauge, Map<DeploymentKey, Known>> states = new HashMap<>();
  private final Map<FoldedGauge, Map<DeploymentKey, Instant>> read = new HashMap<>();

  /**
   * @param inventory absent if it could not be read
   * @param maxSeries how many series of one counter are filled with zeros
   */
  public DeploymentFold(
      Catalog catalog, Ledger ledger, Optional<Inventory> inventory, int maxSeries) {
    this.gauges = catalog.foldedGauges();
    this.existing = new Existing(inventory, catalog.labels());
    this.deployments = inventory.map(Inventory::deployments).orElse(List.of());
    var recalls = new HashMap<Metric, FoldedGauge>();
    for (FoldedGauge gauge : gauges) {
      recalls.put(gauge.metric(), gauge);
      states.put(gauge, new LinkedHashMap<>());
      read.put(gauge, new HashMap<>());
    }
    ledger
        .read()
        .forEach((series, point) -> {
          FoldedGauge gauge = recalls.get(series.metric());
          if (gauge != null) {
            recall(gauge, series, point);
          }
        });
    catalog.finishedCounter().ifPresent(finished -> recallFailures(finished, ledger, maxSeries));
  }

  /** Of several series of one deployment, one for each owner it had, the newest one tells. */
  private void recall(FoldedGauge gauge, Series series, Point point) {
    var deployment = DeploymentKey.of(series);
    Map<DeploymentKey, Known> known = of(gauge);
    Known last = known.get(deployment);
    if (last == null || last.until().isBefore(point.end())) {
      known.put(deployment, new Known(gauge.recall().apply(point), point.end(), series));
      read.getOrDefault(gauge, Map.of()).put(deployment, point.end());
    }
  }

  private void recallFailures(Counter<FinishedRun> finished, Ledger ledger, int maxSeries) {
    if (!states.containsKey(DeploymentMetrics.STREAK)
        || !states.containsKey(DeploymentMetrics.SINCE_SUCCESS)) {
      return;
    }
    var never = new NeverSucceeded(ledger.read());
    Set<DeploymentKey> counted =
        existing.series(finished).stream()
            .limit(maxSeries)
            .filter(NeverSucceeded::isCompleted)
            .map(DeploymentKey::of)
            .collect(Collectors.toSet());
    for (Deployment deployment : deployments) {
      Origin origin = deployment.origin();
      var key = DeploymentKey.of(origin);
      Known streak = of(DeploymentMetrics.STREAK).get(key);
      if (streak != null && never.contains(origin, counted.contains(key))) {
        of(DeploymentMetrics.SINCE_SUCCESS)
            .put(
                key,
                new Known(
                    streak.outcomes(),
                    streak.until(),
                    DeploymentMetrics.SINCE_SUCCESS.series(origin)));
      }
    }
  }

  List<FoldedGauge> gauges() {
    return gauges;
  }

  private Map<DeploymentKey, Known> of(FoldedGauge gauge) {
    return states.computeIfAbsent(gauge, each -> new LinkedHashMap<>());
  }

  /** Up to when runs are in a point that was read. */
  Optional<Instant> readUntil(FoldedGauge gauge, DeploymentKey deployment) {
    return Optional.ofNullable(read.getOrDefault(gauge, Map.of()).get(deployment));
  }

  /** Takes in the runs of one window. */
  public OutcomeTotals totals() {
    return new OutcomeTotals(this);
  }

  /**
   * The deployments whose past the ledger does not show; those of which it shows nothing come
   * first.
   */
  public List<Deployment> strangers() {
    return deployments.stream()
        .filter(deployment -> unknown(deployment) > 0)
        .sorted((one, other) -> Long.compare(unknown(other), unknown(one)))
        .toList();
  }

  private long unknown(Deployment deployment) {
    var key = DeploymentKey.of(deployment.origin());
    return gauges.stream().filter(gauge -> !of(gauge).containsKey(key)).count();
  }

  /** Takes in what was found out about strangers, up to and including an instant. */
  public void learn(Map<Deployment, Outcomes> past, Instant until) {
    past.forEach((deployment, outcomes) -> {
      for (FoldedGauge gauge : gauges) {
        of(gauge)
            .putIfAbsent(
                DeploymentKey.of(deployment.origin()),
                new Known(outcomes, until, gauge.series(deployment.origin())));
      }
    });
  }

  /** The folded gauges at a window's end, the last success before the streak. */
  public List<Sample> gauges(Window window, OutcomeTotals totals) {
    var samples = new ArrayList<Sample>();
    // A request that is applied in part leaves no streak that seems to be without a success.
    for (FoldedGauge gauge : gauges.reversed()) {
      series(gauge)
          .forEach((deployment, series) ->
              advance(gauge, deployment, series, window, totals.of(gauge, deployment))
                  .flatMap(outcomes -> gauge.show().apply(outcomes, window.end()))
                  .ifPresent(
                      value -> samples.add(new Sample(series, Point.at(window.end(), value)))));
    }
    return samples;
  }

  /** Those of the inventory, and those that the ledger shows and that are not known to be gone. */
  private Map<DeploymentKey, Series> series(FoldedGauge gauge) {
    var series = new LinkedHashMap<DeploymentKey, Series>();
    deployments.forEach(deployment ->
        series.put(DeploymentKey.of(deployment.origin()), gauge.series(deployment.origin())));
    of(gauge)
        .forEach((deployment, known) -> {
          if (!existing.isGone(known.series())) {
            series.putIfAbsent(deployment, known.series());
          }
        });
    return series;
  }

  /** The state at the window's end; absent if it is there already, or not known. */
  private Optional<Outcomes> advance(
      FoldedGauge gauge, DeploymentKey deployment, Series series, Window window, Outcomes since) {
    Known known = of(gauge).get(deployment);
    if (known == null && since.lastSuccess().isEmpty()) {
      return Optional.empty();
    }
    if (known != null && !known.until().isBefore(window.end())) {
      return Optional.empty();
    }
    Outcomes outcomes = known == null ? since : known.outcomes().then(since);
    of(gauge).put(deployment, new Known(outcomes, window.end(), series));
    return Optional.of(outcomes);
  }
}
