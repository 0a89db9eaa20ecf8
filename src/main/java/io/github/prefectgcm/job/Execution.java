package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Snapshot;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One execution: catch up with the closed windows, measure what there is now, write both, and say
 * what happened.
 */
public final class Execution {
  private final Settings settings;
  private final Source source;
  private final Callable<PointStore> opening;
  private final ExecutionContext surroundings;
  private final Deadline deadline;
  private final ParallelReads tasks;
  private final ExecutionReport account;
  private final Collectors collectors;

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
    this.collectors = new Collectors(settings, source, surroundings, account, version);
  }

  /** Does it all and returns the exit code. */
  public int run() {
    // The channel to Google warms up while Prefect answers.
    ParallelRead<PointStore> opened = tasks.startForReport(opening);
    Optional<ServerStatus> contact = contact();
    contact.flatMap(ServerStatus::problem).ifPresent(account::trouble);
    forgetInterrupt();
    try (var store = new MeasuredStore(ParallelReads.joinForReport(opened))) {
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

  private void execute(Optional<ServerStatus> contact, MeasuredStore store)
      throws StoreException, InterruptedException {
    Instant now = reference(contact);
    Optional<Inventory> inventory = Optional.empty();
    try {
      var counting = new Counting(settings, source, store, surroundings, account, now);
      if (isReadable(contact)) {
        inventory = collectors.inventory();
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
    deadline.enter(Deadline.Part.SNAPSHOT);
    Snapshot seen = collectors.observe(contact, isReadable(contact), now, inventory);
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

  /** After a bug in it, the report says at least that something is wrong. */
  private void report(MeasuredStore store, Snapshot seen) throws StoreException {
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
  private void addOwn(MeasuredStore store, Instant now) throws StoreException {
    var amounts = new LinkedHashMap<Series, Long>();
    settings.catalog().ownCounters().forEach(series -> amounts.put(series, account.added(series)));
    amounts.computeIfPresent(
        Catalog.writtenBytes(), (_, _) -> store.bytes() + bytesOf(amounts.values()));
    WindowResult recorded =
        new UnrepeatableCounters(
                store, now, settings.period(), now.minus(CatchUp.MEMORY), now.plus(Recorder.AHEAD))
            .add(amounts);
    account.written(recorded.written());
    account.rejected(recorded.rejected());
    for (Series series : recorded.unsettled()) {
      if (Catalog.isTraffic(series)) {
        // What two executions at once asked and wrote is no loss worth a failure.
        continue;
      }
      account.trouble(
          "nothing could be added to "
              + Formats.of(series)
              + ", which another execution has written to and which cannot be read back yet",
          ExitCode.AGAIN);
    }
  }

  /** What these counters will be billed for themselves: a point each, after a zero if it grows. */
  private static long bytesOf(Collection<Long> amounts) {
    // That of the bytes has no amount yet, and will have one.
    long zeros = 1 + amounts.stream().filter(amount -> amount > 0).count();
    return (amounts.size() + zeros) * MeasuredStore.NUMBER;
  }
}
