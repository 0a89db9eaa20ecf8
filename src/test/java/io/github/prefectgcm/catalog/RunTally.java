package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that ended in a window, beside what the ledger shows. */
record RunTally(Ledger ledger, List<FinishedRun> runs) {
  WindowTotals<FinishedRun> totals() {
    var totals = new WindowTotals<>(ledger, FinishedRunFold.CATALOG.finishedRuns());
    runs.forEach(totals);
    return totals;
  }

  Map<Series, Value> amounts() {
    return totals().amounts();
  }

  /** What happened to a deployment, told by a folded gauge's series of it. */
  Outcomes outcomes(Series series) {
    var fold = new DeploymentFold(FinishedRunFold.CATALOG, ledger, Optional.empty(), 0);
    OutcomeTotals totals = fold.totals();
    runs.forEach(totals);
    FoldedGauge gauge =
        FinishedRunFold.CATALOG.foldedGauges().stream()
            .filter(each -> each.metric().equals(series.metric()))
            .findFirst()
            .orElseThrow();
    return totals.of(gauge, DeploymentKey.of(series));
  }
}
