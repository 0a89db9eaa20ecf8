package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Adds up what happened in one window, series by series, leaving out what the ledger shows as
 * counted. Takes it as it comes, the last first; its size depends on the number of series only.
 *
 * @param <R> what is counted
 */
public final class WindowTotals<R extends Occurrence> implements Consumer<R> {
  private final Ledger ledger;
  private final List<Counter<R>> counters;
  private final Map<Series, Value> amounts = new HashMap<>();
  private long count;

  public WindowTotals(Ledger ledger, RunStream<R> stream) {
    this.ledger = ledger;
    this.counters = stream.counters();
  }

  @Override
  public void accept(R row) {
    count++;
    for (Counter<R> counter : counters) {
      if (counter.counts().test(row)) {
        Series series = counter.series(row);
        if (isNew(series, row.time())) {
          amounts.merge(series, counter.amount().apply(row), Value::plus);
        }
      }
    }
  }

  /** How much happened in the window, counted before or not. */
  public long count() {
    return count;
  }

  /** What the window adds to each series that something in it belongs to. */
  Map<Series, Value> amounts() {
    return amounts;
  }

  private boolean isNew(Series series, Instant time) {
    Optional<Instant> counted = ledger.countedUntil(series);
    return counted.isEmpty() || time.isAfter(counted.get());
  }
}
