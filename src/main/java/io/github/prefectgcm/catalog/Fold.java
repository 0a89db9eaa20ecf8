package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the totals of adjacent windows, oldest first, into what has to be recorded: every series
 * that has a base or something new, and the zeros.
 *
 * @param <R> what is counted
 */
public final class Fold<R extends Occurrence> {
  private final RunStream<R> stream;
  private final Ledger ledger;
  private final LabelSelection labels;
  private final Existing existing;
  private final int maxSeries;
  private final Map<Metric, Set<Series>> zeros = new HashMap<>();

  /**
   * @param inventory absent if it could not be read
   * @param maxSeries how many series of one counter are filled with zeros
   */
  public Fold(
      RunStream<R> stream,
      LabelSelection labels,
      Ledger ledger,
      Optional<Inventory> inventory,
      int maxSeries) {
    this.stream = stream;
    this.labels = labels;
    this.ledger = ledger;
    this.existing = new Existing(inventory, labels);
    this.maxSeries = maxSeries;
  }

  /** How many zero series {@code MAX_SERIES} leaves out, of the counter with most. */
  public int zerosLeftOut() {
    return stream.counters().stream()
        .mapToInt(counter -> Math.max(0, zeros(counter).size() - maxSeries))
        .max()
        .orElse(0);
  }

  private Set<Series> zeros(Counter<R> counter) {
    return zeros.computeIfAbsent(counter.metric(), metric -> existing.series(counter));
  }

  /** What a window adds to the counters. */
  public List<Increment> changes(Window window, WindowTotals<R> totals) {
    Set<Series> based = ledger.based(window.start());
    var changes = new ArrayList<Increment>();
    for (Counter<R> counter : stream.counters()) {
      var series = new LinkedHashSet<Series>();
      zeros(counter).stream().limit(maxSeries).forEach(series::add);
      based.stream()
          .filter(each -> each.metric().equals(counter.metric()) && goesOn(each))
          .forEach(series::add);
      totals.amounts().keySet().stream()
          .filter(each -> each.metric().equals(counter.metric()))
          .forEach(series::add);
      for (Series each : series) {
        changes.add(new Increment(each, totals.amounts().getOrDefault(each, counter.zero())));
      }
    }
    return changes;
  }

  /** Others are of a selection of labels that is not the present one, or of what is gone. */
  private boolean goesOn(Series series) {
    return labels.fits(series) && !existing.isGone(series);
  }
}
