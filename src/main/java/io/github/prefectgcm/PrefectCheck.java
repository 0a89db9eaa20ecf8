package io.github.prefectgcm;

import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.Contact;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
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
  private final Tasks tasks;
  private final Findings findings;

  PrefectCheck(Source source, URI apiUrl, Tasks tasks, Findings findings) {
    this.source = source;
    this.apiUrl = apiUrl;
    this.tasks = tasks;
    this.findings = findings;
  }

  /** Returns the time by the reference clock. */
  Instant run(InstantSource clock) {
    String trying = REACHABLE;
    Instant now = clock.instant();
    try {
      Contact contact = Tasks.join(tasks.start(source::contact));
      now = contact.reference(clock.instant());
      if (isReachable(contact)) {
        trying = AUTHORISED;
        boolean authorised = isAuthorised(contact, now);
        version(contact, authorised);
        contact
            .clock()
            .map(ClockReading::behind)
            .ifPresentOrElse(
                this::clock, () -> findings.open(CLOCK, "the server's answers have no date"));
      }
    } catch (SourceException e) {
      findings.bad(trying, e);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      findings.bad(trying, "interrupted", Account.AGAIN);
    }
    findings.rest(NAMES);
    return now;
  }

  /** Whoever is denied, or told a version, did reach Prefect. */
  private boolean isReachable(Contact contact) {
    Optional<SourceException> problem =
        contact.problem().filter(each -> !each.isDenied() && contact.version().isEmpty());
    problem.ifPresentOrElse(
        each -> findings.bad(REACHABLE, each),
        () ->
            findings.good(
                REACHABLE,
                apiUrl + (contact.healthy() ? "" : ", although it says that it is not healthy")));
    return problem.isEmpty();
  }

  /** Asks for something that takes no end_time filter, so that an old server can answer too. */
  private boolean isAuthorised(Contact contact, Instant now)
      throws StoreException, InterruptedException {
    Optional<SourceException> denied = contact.problem().filter(SourceException::isDenied);
    if (denied.isPresent()) {
      findings.bad(AUTHORISED, denied.get());
      return false;
    }
    try {
      Tasks.join(tasks.start(() -> source.expectedRuns(now.minus(Duration.ofHours(1)), now)));
      findings.good(AUTHORISED, "flow runs can be read");
      return true;
    } catch (SourceException e) {
      findings.bad(AUTHORISED, e);
      return false;
    }
  }

  private void version(Contact contact, boolean authorised) {
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
            : Text.of(behind.abs()) + (behind.isNegative() ? " ahead of ours" : " behind ours");
    if (behind.abs().compareTo(SKEW) > 0) {
      findings.bad(
          CLOCK,
          text + ": set the server's clock, all points take their time from it",
          Account.BROKEN);
    } else {
      findings.good(CLOCK, text);
    }
  }
}
