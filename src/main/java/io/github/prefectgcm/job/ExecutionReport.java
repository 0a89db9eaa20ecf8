package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.descriptor.DescriptorDiffs;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an execution did, what went wrong, and the exit code that follows. */
public final class ExecutionReport {
  /** More rejected series than this are counted, not told one by one. */
  private static final int TOLD = 20;

  private final Log log;
  private final Deadline deadline;
  private final Map<String, Boolean> collectors = new LinkedHashMap<>();
  private final Map<Refusal.Reason, Long> rejected = new EnumMap<>(Refusal.Reason.class);
  private final Set<String> causes = new HashSet<>();
  private final Set<Series> rejectedSeries = new HashSet<>();
  private final Set<Metric> misfits = new HashSet<>();
  private boolean failing;
  private int exitCode = ExitCode.DONE;
  private int windows;
  private long runs;
  private long points;
  private final Map<String, Instant> watermarks = new LinkedHashMap<>();
  private boolean watermarkRead;
  private Duration skipped = Duration.ZERO;
  private long unreadable;
  private int zerosLeftOut;
  private Traffic traffic = Traffic.NONE;
  private Optional<Duration> skew = Optional.empty();

  ExecutionReport(Log log, Deadline deadline) {
    this.log = log;
    this.deadline = deadline;
  }

  void trouble(SourceException failure) {
    failed(
        failure.trouble(),
        failure.getMessage(),
        ExitCode.of(failure.isLasting()),
        failure.isLate());
  }

  void trouble(StoreException failure) {
    failed(
        failure.trouble(),
        failure.getMessage(),
        ExitCode.of(failure.isLasting()),
        failure.isLate());
  }

  /**
   * Something is left out of which nothing else depends: no reason to call the execution failed. It
   * is not told beside a failure that explains it.
   */
  void leftOut(Optional<SourceException> failure, String what) {
    boolean explained =
        deadline.isStopped()
            || (failing && failure.filter(each -> !each.isLate()).isEmpty())
            || failure.filter(each -> causes.contains(each.trouble())).isPresent();
    if (!explained) {
      log.warning(failure.map(Throwable::getMessage).orElse("Prefect took too long") + "; " + what);
    }
  }

  /** Something is left out for good; told once, whatever it is left out of. */
  void leftOut(String message) {
    if (causes.add(message)) {
      log.warning(message);
    }
  }

  /** How many series of one counter MAX_SERIES leaves without zeros; the most of all counts. */
  void zerosLeftOut(int series) {
    zerosLeftOut = Math.max(zerosLeftOut, series);
  }

  int zerosLeftOut() {
    return zerosLeftOut;
  }

  void trouble(String message, int code) {
    trouble(message, message, code);
  }

  /** Something that can only be a mistake of ours. What went well before it holds all the same. */
  void bug(Throwable thrown) {
    failing = true;
    exitCode = Math.max(exitCode, ExitCode.AGAIN);
    log.error(Formats.ofBug(thrown));
  }

  /** The time is up before everything was done: nothing new if a server that fails took it. */
  void late(String message) {
    failed(message, message, ExitCode.AGAIN, true);
  }

  private void failed(String cause, String message, int code, boolean late) {
    if (late && failing) {
      exitCode = Math.max(exitCode, ExitCode.AGAIN);
      return;
    }
    failing = true;
    trouble(cause, message, code);
  }

  /** One cause is told once; after a request to stop, that is the cause. */
  void trouble(String cause, String message, int code) {
    exitCode = Math.max(exitCode, deadline.isStopped() ? ExitCode.AGAIN : code);
    if (deadline.isStopped()) {
      log.error(
          "asked to stop before everything was done; the next execution goes on from the"
              + " watermark");
    } else if (causes.add(cause)) {
      log.error(message);
    }
  }

  /** Counts rejected points, and tells each series that has one. */
  void rejected(List<Refusal> refusals) {
    for (Refusal refusal : refusals) {
      rejected.merge(refusal.reason(), 1L, Long::sum);
      Metric metric = refusal.sample().series().metric();
      if (misfits.contains(metric)) {
        continue;
      }
      if (refusal.reason() == Refusal.Reason.DESCRIPTOR) {
        misfit(metric, refusal);
      } else if (rejectedSeries.add(refusal.sample().series()) && rejectedSeries.size() <= TOLD) {
        trouble(
            "Cloud Monitoring rejects the point "
                + Formats.of(refusal.sample())
                + ": "
                + refusal.text(),
            ExitCode.AGAIN);
      } else if (rejectedSeries.size() > TOLD) {
        trouble(
            "more points are rejected than are told here; "
                + Formats.of(Catalog.rejected(refusal.reason()))
                + " counts them",
            ExitCode.AGAIN);
      }
    }
  }

  /** A metric of which no point can be written. */
  void misfit(Metric metric, Refusal refusal) {
    misfits.add(metric);
    trouble(
        metric.name(),
        refusal.reason() == Refusal.Reason.DESCRIPTOR
            ? "Cloud Monitoring takes no point of "
                + metric.name()
                + ", its descriptor is not the one this version writes ("
                + refusal.text()
                + "); "
                + DescriptorDiffs.REMEDY
            : "Cloud Monitoring rejects every point of "
                + metric.name()
                + ", such as "
                + Formats.of(refusal.sample())
                + ": "
                + refusal.text(),
        ExitCode.BROKEN);
  }

  void collected(String collector, boolean success) {
    collectors.put(collector, success);
  }

  /** A window of a stream is written whole. The summary line tells of the runs that ended. */
  void window(String stream, long count, Instant end) {
    if (stream.equals(RunStream.FLOW_RUNS)) {
      windows++;
      runs += count;
    }
    watermarks.put(stream, end);
  }

  void written(long count) {
    points += count;
  }

  void found(String stream, Optional<Instant> watermark) {
    watermarks.remove(stream);
    watermark.ifPresent(end -> watermarks.put(stream, end));
    watermarkRead |= stream.equals(RunStream.FLOW_RUNS);
  }

  /** Of several streams that skip, the one that skips most counts. */
  void skipped(Duration time) {
    skipped = time.compareTo(skipped) > 0 ? time : skipped;
  }

  /** Rows that Prefect cannot show are counted as far as they can be, and hold nothing else. */
  void unreadable(long rows) {
    unreadable = rows;
    if (rows > 0) {
      log.warning(
          "Prefect cannot show "
              + Formats.count(rows, "row")
              + " of its own (flow runs, deployments or the like); a run among them is counted by"
              + " its state, without its run time. Parameters may hold a number of more than 64"
              + " bits, half a character, or lists within hundreds of lists");
    }
  }

  void traffic(Traffic seen) {
    traffic = seen;
  }

  void skewed(Duration time) {
    skew = Optional.of(time);
  }

  Map<String, Boolean> collectors() {
    return collectors;
  }

  Map<String, Instant> watermarks() {
    return watermarks;
  }

  Duration skipped() {
    return skipped;
  }

  /** What this execution adds to one of the job's own counters. */
  long added(Series series) {
    if (series.equals(Catalog.skippedSeconds())) {
      return skipped.toSeconds();
    }
    if (series.equals(Catalog.unreadable())) {
      return unreadable;
    }
    Optional<Long> requests =
        traffic.answers().entrySet().stream()
            .filter(each -> Catalog.requests(each.getKey()).equals(series))
            .map(Map.Entry::getValue)
            .findFirst();
    if (requests.isPresent()) {
      return requests.get();
    }
    return rejected.entrySet().stream()
        .filter(each -> Catalog.rejected(each.getKey()).equals(series))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  int exitCode() {
    return exitCode;
  }

  /** The line at the end of every execution. */
  void sum(boolean dryRun) {
    long refused = rejected.values().stream().mapToLong(count -> count).sum();
    double seconds = Math.round(deadline.elapsed().toMillis() / 10.0) / 100.0;
    Optional<Instant> watermark = Optional.ofNullable(watermarks.get(RunStream.FLOW_RUNS));
    var fields = new LinkedHashMap<String, Object>();
    fields.put("windows", windows);
    fields.put("runs", runs);
    fields.put("points", points);
    fields.put("refused", refused);
    fields.put("seconds", seconds);
    watermark.ifPresent(end -> fields.put("watermark", end));
    skew.ifPresent(time -> fields.put("clock_skew_seconds", time.toSeconds()));
    if (!skipped.isZero()) {
      fields.put("skipped_seconds", skipped.toSeconds());
    }
    fields.put("exit_code", exitCode);
    fields.put("dry_run", dryRun);
    var text = new StringBuilder();
    text.append(Formats.count(windows, "window")).append(", ").append(Formats.count(runs, "run"));
    text.append(", ")
        .append(Formats.count(points, "point"))
        .append(dryRun ? " shown, " : " written, ");
    text.append(refused).append(" refused, ").append(seconds).append(" s, watermark ");
    text.append(watermark.map(Instant::toString).orElse(watermarkRead ? "none yet" : "unknown"));
    skew.filter(time -> time.abs().compareTo(Duration.ofSeconds(2)) > 0)
        .ifPresent(time -> text.append(", clock_skew_seconds ").append(time.toSeconds()));
    log.say(ExitCode.severity(exitCode), text.toString(), fields);
  }
}
