package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Adds up the finished runs of one window, series by series, leaving out what the ledger shows as
 * counted. Takes runs as they come, the last to end first; its size depends on the number of series
 * only.
 */
public final class WindowTotals implements Consumer<FinishedRun> {
  private final Ledger ledger;
  private final Map<Series, Value> amounts = new HashMap<>();
  private final Map<Series, Outcomes> outcomes = new HashMap<>();
  private long runs;

  public WindowTotals(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void accept(FinishedRun run) {
    runs++;
    for (Counter counter : Catalog.COUNTERS) {
      if (counter.counts().test(run)) {
        Series series = counter.series(run);
        if (isNew(series, run.endTime())) {
          amounts.merge(series, counter.amount().apply(run), Value::plus);
        }
      }
    }
    if (run.origin().hasDeployment()) {
      for (FoldedGauge gauge : Catalog.FOLDED_GAUGES) {
        Series series = gauge.series(run.origin());
        if (isNew(series, run.endTime())) {
          outcomes.merge(
              series, Outcomes.NONE.withEarlier(run), (later, one) -> later.withEarlier(run));
        }
      }
    }
  }

  /** How many runs ended in the window, counted before or not. */
  public long runs() {
    return runs;
  }

  /** What the window adds to each series that a run belongs to. */
  Map<Series, Value> amounts() {
    return amounts;
  }

  /** What happened to a deployment, told by a folded gauge's series of it. */
  Outcomes outcomes(Series series) {
    return outcomes.getOrDefault(series, Outcomes.NONE);
  }

  private boolean isNew(Series series, Instant endTime) {
    Optional<Instant> counted = ledger.countedUntil(series);
    return counted.isEmpty() || endTime.isAfter(counted.get());
  }
}
