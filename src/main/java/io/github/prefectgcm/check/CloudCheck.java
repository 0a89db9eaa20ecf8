package io.github.prefectgcm.check;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cloudmonitoring.CloudMonitoringStore;
import io.github.prefectgcm.cloudmonitoring.GoogleIdentity;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.descriptor.DescriptorDiffs;
import io.github.prefectgcm.descriptor.DescriptorRegistry;
import io.github.prefectgcm.job.CatchUp;
import io.github.prefectgcm.job.Deadline;
import io.github.prefectgcm.job.ExecutionContext;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Whether Cloud Monitoring can be read and written, and how far the job has come. */
final class CloudCheck {
  private static final String CREDENTIALS = "Google credentials";
  private static final String PROJECT = "project";
  private static final String API = "Cloud Monitoring";
  private static final String READ = "may read";
  private static final String WRITE = "may write";
  private static final String DESCRIPTORS = "descriptors";
  private static final String WATERMARK = "watermark";

  static final List<String> NAMES =
      List.of(CREDENTIALS, PROJECT, API, READ, WRITE, DESCRIPTORS, WATERMARK);

  /** Cloud Monitoring takes no point older than 25 hours; no clock is off by the rest of these. */
  private static final Duration TOO_OLD = Duration.ofDays(30);

  /** What a refusal says of a point for its age, such as "more than 25h10s in the past". */
  private static final Pattern ABOUT_TIME = Pattern.compile("end_time|in the past|too old|older");

  /** A watermark lags by one period and SETTLE; by more than this only if executions fail. */
  private static final int PERIODS = 3;

  private final Target target;
  private final Optional<Settings> settings;
  private final Time time;
  private final Deadline deadline;
  private final Findings findings;

  /**
   * @param settings absent if some are wrong: then nobody knows which watermark is the job's
   */
  CloudCheck(
      Target target,
      Optional<Settings> settings,
      ExecutionContext surroundings,
      Findings findings) {
    this.target = target;
    this.settings = settings;
    this.time = surroundings.time();
    this.deadline = surroundings.deadline();
    this.findings = findings;
  }

  /**
   * @param now by the reference clock
   * @param withMark is told the watermark, if it could be looked for
   */
  void run(Instant now, Consumer<Optional<Instant>> withMark) {
    String trying = CREDENTIALS;
    try {
      GoogleIdentity caller = GoogleIdentity.find(target, deadline::left);
      Optional<String> project = project(caller);
      if (project.isEmpty()) {
        return;
      }
      caller.authorise();
      who(caller);
      findings.good(
          PROJECT,
          project.get()
              + (target.project().isEmpty() ? ", as GOOGLE_CLOUD_PROJECT is not set" : ""));
      trying = API;
      try (var store = CloudMonitoringStore.open(caller, time, deadline::left)) {
        contents(store, now, withMark);
      }
    } catch (StoreException e) {
      findings.bad(trying, e);
    }
  }

  private void who(GoogleIdentity caller) {
    findings.good(
        CREDENTIALS, caller.kind() + caller.email().map(email -> ", " + email).orElse(""));
  }

  /** Without a project, credentials are named but not tried. */
  private Optional<String> project(GoogleIdentity caller) {
    try {
      return Optional.of(caller.project());
    } catch (StoreException e) {
      who(caller);
      findings.bad(PROJECT, e);
      return Optional.empty();
    }
  }

  /** The first read tells whether there is anybody to answer; to be denied is an answer too. */
  private void contents(
      CloudMonitoringStore store, Instant now, Consumer<Optional<Instant>> withMark)
      throws StoreException {
    Optional<Point> mark = Optional.empty();
    Optional<StoreException> denied = Optional.empty();
    try {
      mark = CatchUp.newest(store, Catalog.watermark(RunStream.FLOW_RUNS), now);
    } catch (StoreException e) {
      if (!e.isDenied()) {
        throw e;
      }
      denied = Optional.of(e);
    }
    findings.good(API, "answers at " + target.endpoint().address());
    denied.ifPresentOrElse(
        e -> findings.bad(READ, e), () -> findings.good(READ, "the watermark was looked for"));
    mayWrite(store, now);
    descriptors(store);
    if (denied.isEmpty() && settings.isPresent()) {
      watermark(settings.get(), mark.map(Point::end), now);
      withMark.accept(mark.map(Point::end));
    }
  }

  /**
   * Whether a point may be written is known only once one was sent, as roles can come from folders,
   * groups and conditions. This one ends so long ago that Cloud Monitoring takes it from nobody:
   * who may write is told that the point is too old, everybody else that he may not. Of a
   * descriptor in the way another line tells.
   */
  private void mayWrite(PointStore store, Instant now) {
    Point point = Point.at(now.minus(TOO_OLD), new Int64Value(1));
    try {
      Optional<Refusal> other =
          store.write(List.of(new Sample(Catalog.up(), point))).stream()
              .filter(refusal ->
                  refusal.reason() == Refusal.Reason.INVALID
                      && !ABOUT_TIME.matcher(refusal.text()).find())
              .findFirst();
      other.ifPresentOrElse(
          refusal ->
              findings.bad(
                  WRITE,
                  "points are rejected however old they are: " + refusal.text(),
                  ExitCode.BROKEN),
          () -> findings.good(WRITE, "tried with a point that is too old to be taken"));
    } catch (StoreException e) {
      findings.bad(WRITE, e);
    }
  }

  private void descriptors(DescriptorRegistry registry) {
    try {
      var differences = DescriptorDiffs.of(registry);
      if (differences.conflict()) {
        findings.bad(DESCRIPTORS, differences.sentence(), ExitCode.BROKEN);
      } else {
        findings.good(DESCRIPTORS, differences.sentence());
      }
    } catch (StoreException e) {
      if (e.isDenied()) {
        // The job itself never asks for them.
        findings.open(DESCRIPTORS, e.getMessage());
      } else {
        findings.bad(DESCRIPTORS, e);
      }
    }
  }

  private void watermark(Settings settings, Optional<Instant> mark, Instant now) {
    if (mark.isEmpty()) {
      findings.good(
          WATERMARK, "none in " + CatchUp.MEMORY.toDays() + " days; the first execution sets it");
      return;
    }
    Duration age = Duration.between(mark.get(), now);
    String text =
        mark.get() + ", " + Formats.of(age.abs()) + (age.isNegative() ? " ahead of now" : " ago");
    Duration most = settings.settle().plus(settings.period().multipliedBy(PERIODS));
    if (age.compareTo(most) > 0) {
      findings.bad(
          WATERMARK,
          text
              + ": no execution has finished a window since; look at the log of the last one, and"
              + " whether anything starts the job every "
              + Formats.of(settings.period()),
          ExitCode.AGAIN);
    } else {
      findings.good(WATERMARK, text);
    }
  }
}
