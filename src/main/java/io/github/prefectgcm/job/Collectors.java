package io.github.prefectgcm.job;

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

/**
 * Reads what there is now from Prefect, side by side. A part that cannot be read is told, and costs
 * nothing but the metrics that are made of it.
 */
final class Collectors {
  private static final String EXPECTED = "expected_runs";

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
      ParallelRead<Long> readingScheduled =
          tasks.start(() -> source.scheduledRuns(now, now.plus(Snapshot.AHEAD)));
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
      ParallelRead<List<WorkQueue>> readingQueues = tasks.start(source::workQueues);
      ParallelRead<List<ConcurrencyLimit>> readingLimits = tasks.start(source::concurrencyLimits);
      Duration share = deadline.left(3);
      Optional<ParallelRead<List<Worker>>> readingWorkers =
          inventory.map(known -> tasks.start(() -> source.workers(known.workPools())));
      currentRuns = collect("current_runs", readingRuns);
      queues = collect("work_queues", readingQueues);
      limits = collect("concurrency_limits", readingLimits);
      scheduled = collect("scheduled_runs", readingScheduled);
      ready = ready(askingReady);
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
