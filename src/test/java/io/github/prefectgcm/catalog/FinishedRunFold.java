package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of finished runs: a few of their counters, and the gauges of deployments. */
final class FinishedRunFold {
  static final Catalog CATALOG =
      new Catalog(
          new MetricSelection(
              List.of(
                  "flow_run/finished_count",
                  "flow_run/run_time",
                  "flow_run/never_started_count",
                  "flow_run/execution_times",
                  "deployment/consecutive_failures",
                  "deployment/time_since_last_success")),
          LabelSelection.STANDARD);

  private final Fold<FinishedRun> counters;
  private final DeploymentFold deployments;

  FinishedRunFold(Ledger ledger, Optional<Inventory> inventory, int maxSeries) {
    counters = new Fold<>(CATALOG.finishedRuns(), CATALOG.labels(), ledger, inventory, maxSeries);
    deployments = new DeploymentFold(CATALOG, ledger, inventory, maxSeries);
  }

  int zerosLeftOut() {
    return counters.zerosLeftOut();
  }

  List<Deployment> strangers() {
    return deployments.strangers();
  }

  void learn(Map<Deployment, Outcomes> past, Instant until) {
    deployments.learn(past, until);
  }

  List<Increment> changes(Window window, RunTally tally) {
    return counters.changes(window, tally.totals());
  }

  List<Sample> gauges(Window window, RunTally tally) {
    OutcomeTotals totals = deployments.totals();
    tally.runs().forEach(totals);
    return deployments.gauges(window, totals);
  }
}
