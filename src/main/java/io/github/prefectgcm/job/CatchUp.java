package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Fold;
import io.github.prefectgcm.catalog.WindowTotals;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Agenda;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Recorder;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.ledger.Watermark;
import io.github.prefectgcm.ledger.WindowResult;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Handles every closed window of a stream after its watermark, oldest first.
 *
 * @param <R> what is counted
 */
public final class CatchUp<R extends Occurrence> {
  /** How far back a point is looked for that stands alone, as the watermark does. */
  public static final Duration MEMORY = Duration.ofDays(40);

  /** Windows that are read ahead while the oldest is written. */
  private static final int AHEAD = 4;

  private final CountedStream<R> counted;
  private final Settings settings;
  private final PointStore store;
  private final ParallelReads tasks;
  private final Deadline deadline;
  private final Log log;
  private final ExecutionReport account;
  private final Instant now;

  /** A window that was read. */
  private record ReadWindow<R extends Occurrence>(
      WindowTotals<R> totals, Companion.Rows<R> beside) {}

  CatchUp(
      CountedStream<R> counted,
      Settings settings,
      PointStore store,
      ExecutionContext surroundings,
      ExecutionReport account,
      Instant now) {
    this.counted = counted;
    this.settings = settings;
    this.store = store;
    this.tasks = surroundings.tasks();
    this.deadline = surroundings.deadline();
    this.log = surroundings.log();
    this.account = account;
    this.now = now;
  }

  /** The newest point of a series that stands alone, as of the reference clock. */
  public static Optional<Point> newest(PointStore store, Series series, Instant now)
      throws StoreException {
    return store.newest(series, now.minus(MEMORY), now.plus(Recorder.AHEAD));
  }

  /**
   * Counts everything in all windows that are due.
   *
   * @param mark the watermark's newest point
   * @param inventory absent if it could not be read
   */
  void run(Optional<Point> mark, Optional<Inventory> inventory)
      throws SourceException, StoreException, InterruptedException {
    Agenda agenda =
        Agenda.plan(
            mark.map(Point::end), now, settings.period(), counted.settle(), settings.backfill());
    boolean skips = !agenda.skipped().isZero();
    if (skips) {
      account.leftOut(
          "the last execution was too long ago: what happened in the "
              + Formats.count(agenda.skipped().toSeconds(), "second")
              + " after "
              + mark.map(Point::end).orElseThrow()
              + " is not counted, Cloud Monitoring takes no points older than a day");
    }
    if (agenda.windows().isEmpty()) {
      return;
    }
    Instant start = agenda.windows().getFirst().start();
    Ledger ledger = skips ? new Ledger(Map.of()) : readLedger(start);
    var fold =
        new Fold<>(
            counted.stream(), settings.catalog().labels(), ledger, inventory, settings.maxSeries());
    account.zerosLeftOut(fold.zerosLeftOut());
    counted.companion().begin(ledger, start);
    record(agenda, ledger, fold, skips ? Optional.empty() : mark);
  }

  private Ledger readLedger(Instant start)
      throws SourceException, StoreException, InterruptedException {
    var metrics = new ArrayList<Metric>(counted.stream().metrics());
    metrics.addAll(counted.companion().metrics());
    var reads = new ArrayList<ParallelRead<Map<Series, Point>>>();
    for (Metric metric : metrics) {
      // Read intervals are open at their start, and a point may end right at the watermark.
      reads.add(
          tasks.start(() -> store.newest(metric, start.minusMillis(1), now.plus(Recorder.AHEAD))));
    }
    var points = new HashMap<Series, Point>();
    for (ParallelRead<Map<Series, Point>> read : reads) {
      points.putAll(ParallelReads.join(read));
    }
    return new Ledger(points);
  }

  private void record(Agenda agenda, Ledger ledger, Fold<R> fold, Optional<Point> base)
      throws SourceException, StoreException, InterruptedException {
    var recorder = new Recorder(store, ledger, now);
    List<Window> windows = agenda.windows();
    var watermark =
        new Watermark(
            store, Catalog.watermark(name()), base, now.minus(MEMORY), now.plus(Recorder.AHEAD));
    Deque<ParallelRead<ReadWindow<R>>> reading = new ArrayDeque<>();
    int next = 0;
    int done = 0;
    try {
      for (Window window : windows) {
        while (next < windows.size() && reading.size() < AHEAD) {
          Window ahead = windows.get(next++);
          reading.add(tasks.start(() -> read(ahead, ledger)));
        }
        if (deadline.isOver()) {
          account.late(
              "DEADLINE was used up after "
                  + done
                  + " of "
                  + Formats.count(windows.size(), "window")
                  + "; the next execution goes on there");
          break;
        }
        ReadWindow<R> read = ParallelReads.join(reading.remove());
        account.collected(counted.collector(), true);
        WindowResult recorded =
            recorder.record(
                window.start(),
                window.end(),
                fold.changes(window, read.totals()),
                read.beside().gauges(window));
        account.written(recorded.written());
        recorded.misfits().forEach(account::misfit);
        account.rejected(recorded.rejected());
        if (!recorded.isWhole()) {
          complain(recorded, window);
          break;
        }
        read.beside().written(window);
        account.written(watermark.move(window.start(), window.end()) ? 1 : 0);
        account.window(name(), read.totals().count(), window.end());
        if (watermark.refusal().isEmpty()) {
          // Only now is the gap behind us; before, the next execution skips it again.
          account.skipped(agenda.skipped());
        }
        done++;
        if (windows.size() > 1) {
          log.progress("window " + done + " of " + windows.size() + ", up to " + window.end());
        }
      }
    } catch (SourceException e) {
      account.collected(counted.collector(), false);
      throw e;
    } finally {
      reading.forEach(task -> task.cancel(true));
    }
    if (watermark.refusal().isPresent()) {
      confirm(watermark, windows.get(done - 1).end());
    }
  }

  private String name() {
    return counted.stream().name();
  }

  private ReadWindow<R> read(Window window, Ledger ledger) throws SourceException {
    var totals = new WindowTotals<>(ledger, counted.stream());
    Companion.Rows<R> beside = counted.companion().rows();
    counted
        .reader()
        .read(
            window,
            row -> {
              totals.accept(row);
              beside.accept(row);
            });
    return new ReadWindow<>(totals, beside);
  }

  private void complain(WindowResult recorded, Window window) {
    if (!recorded.unsettled().isEmpty()) {
      account.trouble(
          "unsettled",
          "Cloud Monitoring refuses points as not newer and does not show newer ones yet, of "
              + Formats.of(recorded.unsettled().iterator().next())
              + " and in all of "
              + recorded.unsettled().size()
              + " series; the next execution writes the window up to "
              + window.end()
              + " again",
          ExitCode.AGAIN);
    }
  }

  /** A refused watermark does no harm if it is there all the same. */
  private void confirm(Watermark watermark, Instant end) throws StoreException {
    Refusal refusal = watermark.refusal().orElseThrow();
    if (refusal.reason() == Refusal.Reason.NOT_NEWER) {
      watermark.look();
      if (!watermark.reaches(end)) {
        account.trouble(
            "the watermark cannot be read back yet; the next execution confirms the windows up to "
                + end,
            ExitCode.AGAIN);
      }
    } else {
      account.misfit(Catalog.watermark(name()).metric(), refusal);
      account.rejected(List.of(refusal));
    }
    account.found(name(), watermark.newest().map(Point::end));
  }
}
