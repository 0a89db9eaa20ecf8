package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.config.RunLogSettings;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts each stream from its own watermark on; one that fails does not hold the others. */
final class Counting {
  private final Settings settings;
  private final Source source;
  private final PointStore store;
  private final ExecutionContext surroundings;
  private final ExecutionReport account;
  private final Instant now;
  private final Map<String, ParallelRead<Optional<Point>>> watermarks = new LinkedHashMap<>();
  private final List<Runnable> lateness = new ArrayList<>();

  /** Begins to read the watermarks. */
  Counting(
      Settings settings,
      Source source,
      PointStore store,
      ExecutionContext surroundings,
      ExecutionReport account,
      Instant now) {
    this.settings = settings;
    this.source = source;
    this.store = store;
    this.surroundings = surroundings;
    this.account = account;
    this.now = now;
    for (RunStream<?> stream :
        List.of(settings.catalog().finishedRuns(), settings.catalog().startedRuns())) {
      if (!stream.isIdle() || (stream.name().equals(RunStream.FLOW_RUNS) && isAccompanied())) {
        String name = stream.name();
        watermarks.put(
            name,
            surroundings.tasks().start(() -> CatchUp.newest(store, Catalog.watermark(name), now)));
      }
    }
  }

  /** Whether finished runs are read even if nothing counts them. */
  private boolean isAccompanied() {
    return !settings.catalog().foldedGaugeMetrics().isEmpty()
        || settings.runLog().mode() != RunLogSettings.Mode.OFF;
  }

  /**
   * Counts what can be counted.
   *
   * @param readable whether Prefect can be read at all
   * @param inventory absent if it could not be read
   */
  void run(boolean readable, Optional<Inventory> inventory) throws InterruptedException {
    List<CountedStream<?>> streams =
        List.of(
            new CountedStream<>(
                settings.catalog().finishedRuns(),
                settings.settle(),
                "finished_runs",
                source::finishedRuns,
                new FinishedRunCompanion(settings, source, surroundings, account, inventory)),
            new CountedStream<>(
                settings.catalog().startedRuns(),
                settings.settle(),
                "started_runs",
                source::startedRuns,
                Companion.none()));
    int after = watermarks.size();
    for (CountedStream<?> counted : streams) {
      ParallelRead<Optional<Point>> watermark = watermarks.get(counted.stream().name());
      if (watermark != null) {
        surroundings.deadline().turn(--after);
        count(counted, watermark, readable, inventory);
      }
    }
    lateness.forEach(Runnable::run);
    if (account.zerosLeftOut() > 0) {
      surroundings
          .log()
          .warning(
              account.zerosLeftOut()
                  + " series are not filled with zeros, MAX_SERIES is "
                  + settings.maxSeries());
    }
  }

  /** That time was short is told last: it explains nothing if another stream tells why. */
  private void tell(boolean late, Runnable trouble) {
    if (late) {
      lateness.add(trouble);
    } else {
      trouble.run();
    }
  }

  private void count(
      CountedStream<?> counted,
      ParallelRead<Optional<Point>> watermark,
      boolean readable,
      Optional<Inventory> inventory)
      throws InterruptedException {
    String name = counted.stream().name();
    try {
      Optional<Point> mark = ParallelReads.join(watermark);
      account.found(name, mark.map(Point::end));
      if (readable) {
        new CatchUp<>(counted, settings, store, surroundings, account, now).run(mark, inventory);
      }
    } catch (SourceException e) {
      tell(e.isLate(), () -> account.trouble(e));
    } catch (StoreException e) {
      tell(e.isLate(), () -> account.trouble(e));
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
  }
}
