package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.CurrentRunCounts;
import io.github.prefectgcm.catalog.Exporter;
import io.github.prefectgcm.catalog.Snapshot;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Recorder;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.ledger.UnrepeatableCounters;
import io.github.prefectgcm.ledger.WindowResult;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One execution: catch up with the closed windows, measure what there is now, write both, and say
 * what happened.
 */
public final class Execution {
  private static final String EXPECTED = "expected_runs";

  private final Settings settings;
  private final Source source;
  private final Callable<PointStore> opening;
  private final ExecutionContext surroundings;
  private final Deadline deadline;
  private final ParallelReads tasks;
  private final ExecutionReport account;
  private final String version;

  public Execution(
      Settings settings,
      Source source,
      Callable<PointStore> opening,
      ExecutionContext surroundings,
      String version) {
    this.settings = settings;
    this.source = source;
    this.opening = opening;
    this.surroundings = surroundings;
    this.deadline = surroundings.deadline();
    this.tasks = surroundings.tasks();
    this.account = new ExecutionReport(surroundings.log(), deadline);
    this.version = version;
  }

  /** Does it all and returns the exit code. */
  public int run() {
    // The channel to Google warms up while Prefect answers.
    ParallelRead<PointStore> opened = tasks.startForReport(opening);
    Optional<ServerStatus> contact = contact();
    contact.flatMap(ServerStatus::problem).ifPresent(account::trouble);
    forgetInterrupt();
    try (PointStore store = ParallelReads.joinForReport(opened)) {
      execute(contact, store);
    } catch (SourceException e) {
      account.trouble(e);
    } catch (StoreException e) {
      account.trouble(e);
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
    account.sum(settings.dryRun());
    return account.exitCode();
  }

  /** Absent if a request to stop, or a bug, came before an answer: nothing is known then. */
  private Optional<ServerStatus> contact() {
    try {
      ServerStatus contact = ParallelReads.join(tasks.start(source::contact));
      // A request to stop also ends the question, which is no sign of ill health.
      return Optional.of(contact).filter(told -> told.healthy() || !deadline.isStopped());
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (SourceException | StoreException | RuntimeException | Error e) {
      account.bug(e);
    }
    return Optional.empty();
  }

  private void execute(Optional<ServerStatus> contact, PointStore store)
      throws StoreException, InterruptedException {
    Instant now = reference(contact);
    Optional<Inventory> inventory = Optional.empty();
    try {
      var counting = new Counting(settings, source, store, surroundings, account, now);
      if (isReadable(contact)) {
        inventory = inventory();
      }
      counting.run(isReadable(contact), inventory);
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
    if (isReadable(contact) && inventory.isEmpty()) {
      // Told after the catch-up, which knows better why Prefect is slow.
      account.late("Prefect took too long to list its deployments; raise DEADLINE");
    }
    Snapshot seen = observe(contact, now, inventory);
    deadline.enter(Deadline.Part.REPORT);
    forgetInterrupt();
    report(store, seen);
  }

  /** A request to stop has ended what was under way; the report is to be written all the same. */
  private void forgetInterrupt() {
    if (deadline.isStopped()) {
      Thread.interrupted();
    }
  }

  private Instant reference(Optional<ServerStatus> contact) {
    contact.flatMap(ServerStatus::clock).map(ClockReading::behind).ifPresent(account::skewed);
    Instant ours = surroundings.time().instant().truncatedTo(ChronoUnit.MILLIS);
    return contact.map(told -> told.reference(ours)).orElse(ours);
  }

  private static boolean isReadable(Optional<ServerStatus> contact) {
    return contact.filter(told -> told.problem().isEmpty()).isPresent();
  }

  private Snapshot observe(
      Optional<ServerStatus> contact, Instant now, Optional<Inventory> inventory) {
    deadline.enter(Deadline.Part.SNAPSHOT);
    Optional<CurrentRunCounts> currentRuns = Optional.empty();
    Optional<List<Worker>> workers = Optional.empty();
    Optional<List<StateCount>> expected = Optional.empty();
    if (isReadable(contact)) {
      ParallelRead<CurrentRunCounts> readingRuns =
          tasks.start(() -> {
            var runs = new CurrentRunCounts(now);
            source.currentRuns(now, runs);
            return runs;
          });
      Optional<ParallelRead<List<StateCount>>> readingExpected =
          settings.windowHours().isZero()
              ? Optional.empty()
              : Optional.of(
                  tasks.start(() -> source.expectedRuns(now.minus(settings.windowHours()), now)));
      Duration share = deadline.left(3);
      Optional<ParallelRead<List<Worker>>> readingWorkers =
          inventory.map(known -> tasks.start(() -> source.workers(known.workPools())));
      currentRuns = collect("current_runs", readingRuns);
      account.collected("workers", false);
      workers = readingWorkers.flatMap(reading -> collect("workers", reading));
      // Last, so that it is not told beside a failure that explains it.
      expected = readingExpected.flatMap(reading -> expectedRuns(reading, share));
    } else {
      Exporter.COLLECTORS.stream()
          .filter(collector -> !(settings.windowHours().isZero() && collector.equals(EXPECTED)))
          .forEach(collector -> account.collected(collector, false));
    }
    countUnreadable();
    return new Snapshot(
        now,
        contact.map(ServerStatus::healthy),
        currentRuns,
        inventory.map(Inventory::workPools),
        workers,
        expected,
        new Exporter(
            version,
            contact.flatMap(ServerStatus::version),
            account.exitCode() == ExitCode.DONE,
            account.collectors(),
            account.watermarks()));
  }

  private void countUnreadable() {
    try {
      account.unreadable(source.unreadable());
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
  }

  /** Runs are counted without it too, so it may not take all the time there is. */
  private Optional<Inventory> inventory() {
    return collect("inventory", tasks.start(source::inventory), deadline.left(2));
  }

  /**
   * Two metrics for old dashboards come from this. Prefect takes long over it where it holds many
   * runs, which must not cost anything else.
   */
  private Optional<List<StateCount>> expectedRuns(
      ParallelRead<List<StateCount>> reading, Duration most) {
    Optional<List<StateCount>> read = Optional.empty();
    Optional<SourceException> failure = Optional.empty();
    try {
      read = ParallelReads.join(reading, most);
    } catch (SourceException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (StoreException | RuntimeException | Error e) {
      account.bug(e);
    }
    if (read.isEmpty()) {
      account.leftOut(
          failure,
          "flow_runs_total and flow_run_duration_seconds_avg are left out (a shorter WINDOW_HOURS"
              + " is less work for Prefect, 0 leaves them out for good)");
    }
    account.collected(EXPECTED, read.isPresent());
    return read;
  }

  private <T> Optional<T> collect(String collector, ParallelRead<T> reading) {
    return collect(collector, reading, ParallelReads.FOREVER);
  }

  private <T> Optional<T> collect(String collector, ParallelRead<T> reading, Duration most) {
    Optional<T> read = Optional.empty();
    try {
      read = ParallelReads.join(reading, most);
    } catch (SourceException e) {
      account.trouble(e);
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (StoreException | RuntimeException | Error e) {
      account.bug(e);
    }
    account.collected(collector, read.isPresent());
    return read;
  }

  /** After a bug in it, the report says at least that something is wrong. */
  private void report(PointStore store, Snapshot seen) throws StoreException {
    try {
      addLevels(store, seen);
      addOwn(store, seen.now());
    } catch (RuntimeException | Error e) {
      account.bug(e);
      store.write(List.of(new Sample(Catalog.up(), Point.at(seen.now(), new Int64Value(0)))));
    }
  }

  private void addLevels(PointStore store, Snapshot seen) throws StoreException {
    List<Sample> levels = settings.catalog().levels(seen);
    List<Refusal> refusals = store.write(levels);
    account.written(levels.size() - refusals.size());
    account.rejected(due(refusals));
  }

  /** Without those that are not newer: another execution was a moment earlier. */
  private static List<Refusal> due(List<Refusal> refusals) {
    return refusals.stream()
        .filter(refusal -> refusal.reason() != Refusal.Reason.NOT_NEWER)
        .toList();
  }

  /** What this execution adds to the job's own counters. */
  private void addOwn(PointStore store, Instant now) throws StoreException {
    var amounts = new LinkedHashMap<Series, Long>();
    settings.catalog().ownCounters().forEach(series -> amounts.put(series, account.added(series)));
    WindowResult recorded =
        new UnrepeatableCounters(
                store, now, settings.period(), now.minus(CatchUp.MEMORY), now.plus(Recorder.AHEAD))
            .add(amounts);
    account.written(recorded.written());
    account.rejected(recorded.rejected());
    for (Series series : recorded.unsettled()) {
      account.trouble(
          "nothing could be added to "
              + Formats.of(series)
              + ", which another execution has written to and which cannot be read back yet",
          ExitCode.AGAIN);
    }
  }
}
