package io.github.prefectgcm.check;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.job.ParallelReads;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whether Prefect can be read. */
final class PrefectCheck {
  private static final String REACHABLE = "Prefect reachable";
  private static final String AUTHORISED = "Prefect authorised";
  private static final String VERSION = "Prefect version";
  private static final String CLOCK = "Prefect clock";

  static final List<String> NAMES = List.of(REACHABLE, AUTHORISED, VERSION, CLOCK);

  /** Cloud Monitoring takes no points that are further ahead of its clock. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Source source;
  private final URI apiUrl;
  private final ParallelReads tasks;
  private final Findings findings;
  private boolean readable;

  PrefectCheck(Source source, URI apiUrl, ParallelReads tasks, Findings findings) {
    this.source = source;
    this.apiUrl = apiUrl;
    this.tasks = tasks;
    this.findings = findings;
  }

  /** Returns the time by the reference clock. */
  Instant run(InstantSource clock) {
    Instant now = clock.instant();
    String trying = REACHABLE;
    try {
      ServerStatus contact = ParallelReads.join(tasks.start(source::contact));
      now = contact.reference(clock.instant());
      if (contact.version().isPresent()) {
        reached(contact);
        trying = AUTHORISED;
      }
      Optional<SourceException> failure = failure(contact, now);
      if (failure.isPresent() && !isPrefect(contact, failure.get())) {
        findings.bad(REACHABLE, failure.get());
      } else {
        if (contact.version().isEmpty()) {
          reached(contact);
        }
        failure.ifPresentOrElse(
            each -> findings.bad(AUTHORISED, each),
            () -> findings.good(AUTHORISED, "flow runs can be read"));
        version(contact, failure.isEmpty());
        contact
            .clock()
            .map(ClockReading::behind)
            .ifPresentOrElse(
                this::clock, () -> findings.open(CLOCK, "the server's answers have no date"));
        readable = failure.isEmpty() && contact.problem().isEmpty();
      }
    } catch (SourceException e) {
      findings.bad(trying, e);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      findings.bad(trying, "interrupted", ExitCode.AGAIN);
    }
    findings.rest(NAMES);
    return now;
  }

  private void reached(ServerStatus contact) {
    findings.good(
        REACHABLE, apiUrl + (contact.healthy() ? "" : ", although it says that it is not healthy"));
  }

  /** Whether it turned out that runs can be read, by a server that is not too old. */
  boolean isReadable() {
    return readable;
  }

  /** Why runs cannot be read, if so. A server that is too old can be asked this all the same. */
  private Optional<SourceException> failure(ServerStatus contact, Instant now)
      throws StoreException, InterruptedException {
    if (contact.problem().isPresent() && contact.version().isEmpty()) {
      return contact.problem();
    }
    try {
      // Takes no end_time filter.
      ParallelReads.join(
          tasks.start(() -> source.expectedRuns(now.minus(Duration.ofHours(1)), now)));
      return Optional.empty();
    } catch (SourceException e) {
      return Optional.of(e);
    }
  }

  /**
   * Whether it is Prefect that does not let runs be read: it told its version, or denied it in its
   * own words, or is healthy but in trouble. Any web server can answer something.
   */
  private static boolean isPrefect(ServerStatus contact, SourceException failure) {
    return contact.version().isPresent()
        || failure.isDenied()
        || (contact.healthy() && !failure.isLasting());
  }

  private void version(ServerStatus contact, boolean authorised) {
    if (contact.version().isEmpty() && authorised) {
      findings.open(VERSION, "the server does not tell");
    } else if (contact.version().isEmpty()) {
      findings.open(VERSION);
    } else if (contact.problem().isPresent()) {
      findings.bad(VERSION, contact.problem().get());
    } else {
      findings.good(VERSION, LabelValue.clean(contact.version().get()));
    }
  }

  private void clock(Duration behind) {
    String text =
        behind.abs().toSeconds() <= 2
            ? "as ours"
            : Formats.of(behind.abs()) + (behind.isNegative() ? " ahead of ours" : " behind ours");
    if (behind.abs().compareTo(SKEW) > 0) {
      findings.bad(
          CLOCK,
          text + ": set the server's clock, all points take their time from it",
          ExitCode.BROKEN);
    } else {
      findings.good(CLOCK, text);
    }
  }
}
