package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Collector;
import io.github.prefectgcm.catalog.CurrentRunCounts;
import io.github.prefectgcm.catalog.Exporter;
import io.github.prefectgcm.catalog.Snapshot;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Reads what there is now from Prefect, side by side. A part that cannot be read is told, and costs
 * nothing but the metrics that are made of it.
 */
final class Collectors {
  private static final String EXPECTED = Collector.EXPECTED_RUNS.label();

  private final Settings settings;
  private final Source source;
  private final Deadline deadline;
  private final ParallelReads tasks;
  private final ExecutionReport account;
  private final String version;

  Collectors(
      Settings settings,
      Source source,
      ExecutionContext surroundings,
      ExecutionReport account,
      String version) {
    this.settings = settings;
    this.source = source;
    this.deadline = surroundings.deadline();
    this.tasks = surroundings.tasks();
    this.account = account;
    this.version = version;
  }

  /** Runs are counted without it too, so it may not take all the time there is. */
  Optional<Inventory> inventory() {
    return collect("inventory", tasks.start(source::inventory), deadline.left(2));
  }

  Snapshot observe(
      Optional<ServerStatus> contact,
      boolean readable,
      Instant now,
      Optional<Inventory> inventory) {
    Optional<CurrentRunCounts> currentRuns = Optional.empty();
    Optional<List<WorkQueue>> queues = Optional.empty();
    Optional<List<Worker>> workers = Optional.empty();
    Optional<List<ConcurrencyLimit>> limits = Optional.empty();
    Optional<Long> scheduled = Optional.empty();
    Optional<List<StateCount>> expected = Optional.empty();
    Optional<Boolean> ready = contact.map(_ -> false);
    if (readable) {
      ParallelRead<Optional<Boolean>> askingReady = tasks.start(source::ready);
      Optional<ParallelRead<Long>> readingScheduled =
          start(
              Collector.SCHEDULED_RUNS, () -> source.scheduledRuns(now, now.plus(Snapshot.AHEAD)));
      Optional<ParallelRead<CurrentRunCounts>> readingRuns =
          start(
              Collector.CURRENT_RUNS,
              () -> {
                var runs = new CurrentRunCounts(now);
                source.currentRuns(now, runs);
                return runs;
              });
      Optional<ParallelRead<List<StateCount>>> readingExpected =
          start(
              Collector.EXPECTED_RUNS,
              () -> source.expectedRuns(now.minus(settings.windowHours()), now));
      Optional<ParallelRead<List<WorkQueue>>> readingQueues =
          start(Collector.WORK_QUEUES, source::workQueues);
      Optional<ParallelRead<List<ConcurrencyLimit>>> readingLimits =
          start(Collector.CONCURRENCY_LIMITS, source::concurrencyLimits);
      Duration share = deadline.left(3);
      Optional<ParallelRead<List<Worker>>> readingWorkers =
          inventory.flatMap(
              known -> start(Collector.WORKERS, () -> source.workers(known.workPools())));
      currentRuns = collect(Collector.CURRENT_RUNS, readingRuns);
      queues = collect(Collector.WORK_QUEUES, readingQueues);
      limits = collect(Collector.CONCURRENCY_LIMITS, readingLimits);
      scheduled = collect(Collector.SCHEDULED_RUNS, readingScheduled);
      ready = ready(askingReady);
      workers = collect(Collector.WORKERS, readingWorkers);
      // Last, so that it is not told beside a failure that explains it.
      expected = readingExpected.flatMap(reading -> expectedRuns(reading, share));
    } else {
      account.collected("finished_runs", false);
      account.collected("started_runs", false);
      account.collected("inventory", false);
      Stream.of(Collector.values())
          .filter(this::isNeeded)
          .forEach(collector -> account.collected(collector.label(), false));
    }
    countUnreadable();
    Traffic traffic = traffic();
    return new Snapshot(
        now,
        contact.map(ServerStatus::healthy),
        ready,
        inventory,
        currentRuns,
        queues,
        workers,
        limits,
        scheduled,
        expected,
        traffic,
        new Exporter(
            version,
            contact.flatMap(ServerStatus::version),
            account.exitCode() == ExitCode.DONE,
            account.collectors(),
            account.watermarks()));
  }

  /** What nothing is written from is not read. */
  private boolean isNeeded(Collector collector) {
    return settings.catalog().needs(collector)
        && !(collector == Collector.EXPECTED_RUNS && settings.windowHours().isZero());
  }

  private <T> Optional<ParallelRead<T>> start(Collector collector, Callable<T> read) {
    return isNeeded(collector) ? Optional.of(tasks.start(read)) : Optional.empty();
  }

  /** One that is needed and was not even begun has failed. */
  private <T> Optional<T> collect(Collector collector, Optional<ParallelRead<T>> reading) {
    if (isNeeded(collector)) {
      account.collected(collector.label(), false);
    }
    return reading.flatMap(begun -> collect(collector.label(), begun));
  }

  private Optional<Boolean> ready(ParallelRead<Optional<Boolean>> asking) {
    try {
      return ParallelReads.join(asking);
    } catch (InterruptedException e) {
      account.trouble("interrupted", ExitCode.AGAIN);
    } catch (SourceException | StoreException | RuntimeException | Error e) {
      account.bug(e);
    }
    return Optional.empty();
  }

  private Traffic traffic() {
    Traffic traffic = Traffic.NONE;
    try {
      traffic = source.traffic();
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
    account.traffic(traffic);
    return traffic;
  }

  private void countUnreadable() {
    try {
      account.unreadable(source.unreadable());
    } catch (RuntimeException | Error e) {
      account.bug(e);
    }
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
}
