package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns the tallies of adjacent windows, oldest first, into what has to be recorded: every series
 * that has a base or a run, the zeros, and the folded gauges of which the past is known.
 */
public final class Fold {
  /** A folded gauge's state, and the instant up to which runs are in it. */
  private record Known(Outcomes outcomes, Instant until) {}

  private final Ledger ledger;
  private final Existing existing;
  private final List<Deployment> deployments;
  private final int maxSeries;
  private final Map<Metric, Set<Series>> zeros = new HashMap<>();
  private final Map<Series, Known> gauges = new HashMap<>();

  /**
   * @param inventory absent if it could not be read
   * @param maxSeries how many series of one counter are filled with zeros
   */
  public Fold(Ledger ledger, Optional<Inventory> inventory, int maxSeries) {
    this.ledger = ledger;
    this.existing = new Existing(inventory);
    this.deployments = inventory.map(Inventory::deployments).orElse(List.of());
    this.maxSeries = maxSeries;
    var recalls = new HashMap<Metric, FoldedGauge>();
    Catalog.FOLDED_GAUGES.forEach(gauge -> recalls.put(gauge.metric(), gauge));
    ledger
        .read()
        .forEach((series, point) -> {
          FoldedGauge gauge = recalls.get(series.metric());
          if (gauge != null) {
            gauges.put(series, new Known(gauge.recall().apply(point), point.end()));
          }
        });
    recallFailures();
  }

  private void recallFailures() {
    var never = new NeverSucceeded(ledger.read());
    Set<Series> counted =
        zeros(FlowRunMetrics.FINISHED).stream().limit(maxSeries).collect(Collectors.toSet());
    for (Deployment deployment : deployments) {
      Origin origin = deployment.origin();
      Known streak = gauges.get(DeploymentMetrics.STREAK.series(origin));
      if (streak != null && never.contains(origin, counted.contains(completed(origin)))) {
        Series sinceSuccess = DeploymentMetrics.SINCE_SUCCESS.series(origin);
        gauges.put(sinceSuccess, new Known(streak.outcomes(), streak.until()));
      }
    }
  }

  private static Series completed(Origin origin) {
    return FlowRunMetrics.FINISHED.series(
        new FinishedRun(origin, FinalState.COMPLETED, 1, Duration.ZERO, Instant.EPOCH));
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
    return Catalog.FOLDED_GAUGES.stream()
        .filter(gauge -> !gauges.containsKey(gauge.series(deployment.origin())))
        .count();
  }

  /** Takes in what was found out about strangers, up to and including an instant. */
  public void learn(Map<Deployment, Outcomes> past, Instant until) {
    past.forEach((deployment, outcomes) -> {
      for (FoldedGauge gauge : Catalog.FOLDED_GAUGES) {
        gauges.putIfAbsent(gauge.series(deployment.origin()), new Known(outcomes, until));
      }
    });
  }

  /** How many zero series {@code MAX_SERIES} leaves out, of the counter with most. */
  public int zerosLeftOut() {
    return Catalog.COUNTERS.stream()
        .mapToInt(counter -> Math.max(0, zeros(counter).size() - maxSeries))
        .max()
        .orElse(0);
  }

  private Set<Series> zeros(Counter counter) {
    return zeros.computeIfAbsent(counter.metric(), metric -> existing.series(counter));
  }

  /** What a window adds to the counters. */
  public List<Increment> changes(Window window, WindowTotals tally) {
    Set<Series> based = ledger.based(window.start());
    var changes = new ArrayList<Increment>();
    for (Counter counter : Catalog.COUNTERS) {
      var series = new LinkedHashSet<Series>();
      zeros(counter).stream().limit(maxSeries).forEach(series::add);
      based.stream()
          .filter(each -> each.metric().equals(counter.metric()) && !existing.isGone(each))
          .forEach(series::add);
      tally.amounts().keySet().stream()
          .filter(each -> each.metric().equals(counter.metric()))
          .forEach(series::add);
      for (Series each : series) {
        changes.add(new Increment(each, tally.amounts().getOrDefault(each, counter.zero())));
      }
    }
    return changes;
  }

  /** The folded gauges at a window's end, the last success before the streak. */
  public List<Sample> gauges(Window window, WindowTotals tally) {
    var samples = new ArrayList<Sample>();
    // A request that is applied in part leaves no streak that seems to be without a success.
    for (FoldedGauge gauge : Catalog.FOLDED_GAUGES.reversed()) {
      for (Series series : series(gauge)) {
        advance(series, window, tally.outcomes(series))
            .flatMap(outcomes -> gauge.show().apply(outcomes, window.end()))
            .ifPresent(value -> samples.add(new Sample(series, Point.at(window.end(), value))));
      }
    }
    return samples;
  }

  private Set<Series> series(FoldedGauge gauge) {
    var series = new LinkedHashSet<Series>();
    deployments.forEach(deployment -> series.add(gauge.series(deployment.origin())));
    gauges.keySet().stream()
        .filter(each -> each.metric().equals(gauge.metric()) && !existing.isGone(each))
        .forEach(series::add);
    return series;
  }

  /** The state at the window's end; absent if it is there already, or not known. */
  private Optional<Outcomes> advance(Series series, Window window, Outcomes since) {
    Known known = gauges.get(series);
    if (known == null && since.lastSuccess().isEmpty()) {
      return Optional.empty();
    }
    if (known != null && !known.until().isBefore(window.end())) {
      return Optional.empty();
    }
    Outcomes outcomes = known == null ? since : known.outcomes().then(since);
    gauges.put(series, new Known(outcomes, window.end()));
    return Optional.of(outcomes);
  }
}
