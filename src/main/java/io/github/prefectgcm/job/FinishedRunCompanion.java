package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.DeploymentFold;
import io.github.prefectgcm.catalog.OutcomeTotals;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folds the gauges of deployments from the runs that end, and tells of them one by one. */
final class FinishedRunCompanion implements Companion<FinishedRun> {
  /** Requests an execution spends on the past of deployments that it meets for the first time. */
  private static final int CALLS = 24;

  private final Settings settings;
  private final Source source;
  private final ExecutionContext surroundings;
  private final ExecutionReport account;
  private final Optional<Inventory> inventory;
  private final RunLog runLog;
  private DeploymentFold fold;

  FinishedRunCompanion(
      Settings settings,
      Source source,
      ExecutionContext surroundings,
      ExecutionReport account,
      Optional<Inventory> inventory) {
    this.settings = settings;
    this.source = source;
    this.surroundings = surroundings;
    this.account = account;
    this.inventory = inventory;
    this.runLog = new RunLog(settings.runLog(), surroundings.log(), settings.dryRun());
    this.fold = fold(new Ledger(Map.of()));
  }

  private DeploymentFold fold(Ledger ledger) {
    return new DeploymentFold(settings.catalog(), ledger, inventory, settings.maxSeries());
  }

  @Override
  public List<Metric> metrics() {
    return catalog().foldedGaugeMetrics();
  }

  private Catalog catalog() {
    return settings.catalog();
  }

  /** What is not found out now is in one of the next executions; counting does not wait for it. */
  @Override
  public void begin(Ledger ledger, Instant start) throws StoreException, InterruptedException {
    fold = fold(ledger);
    List<Deployment> strangers = fold.strangers();
    if (strangers.isEmpty()) {
      return;
    }
    try {
      ParallelReads.join(
              surroundings.tasks().start(() -> source.outcomes(strangers, start, CALLS)),
              surroundings.deadline().left(4))
          .ifPresentOrElse(
              past -> fold.learn(past, start),
              () ->
                  surroundings
                      .log()
                      .warning(
                          "Prefect took too long to tell the past of "
                              + Formats.count(strangers.size(), "deployment")
                              + "; their streak and last success are written once it does"));
    } catch (SourceException e) {
      account.trouble(e);
    }
  }

  @Override
  public Rows<FinishedRun> rows() {
    OutcomeTotals totals = fold.totals();
    RunLog.Lines lines = runLog.lines();
    return new Rows<>() {
      @Override
      public void accept(FinishedRun run) {
        totals.accept(run);
        lines.add(run);
      }

      @Override
      public List<Sample> gauges(Window window) {
        return fold.gauges(window, totals);
      }

      @Override
      public void written(Window window) {
        lines.print(window);
      }
    };
  }
}
