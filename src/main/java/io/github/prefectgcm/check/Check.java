package io.github.prefectgcm.check;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.config.SoundSettings;
import io.github.prefectgcm.job.Deadline;
import io.github.prefectgcm.job.ExecutionContext;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries one by one what the job needs, and says for each what is there or what to do. */
public final class Check {
  private static final String SETTINGS = "settings";

  private final SoundSettings settings;
  private final ExecutionContext surroundings;
  private final Findings findings;
  private volatile Duration reserved = Duration.ZERO;

  public Check(SoundSettings settings, ExecutionContext surroundings, Findings findings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.findings = findings;
  }

  public void run() {
    settings();
    settings
        .prefect()
        .ifPresentOrElse(
            this::withPrefect,
            () -> {
              findings.rest(PrefectCheck.NAMES);
              google(surroundings.time().instant(), Optional.empty());
            });
    findings.rest(CloudCheck.NAMES);
    findings.rest(List.of(WindowCheck.NAME));
  }

  private void settings() {
    var problems = new ArrayList<>(settings.problems());
    if (settings.dryRun()) {
      problems.add("DRY_RUN is set, so the job writes nothing: set it to false");
    }
    if (problems.isEmpty()) {
      settings.target().ifPresent(target -> findings.good(SETTINGS, target.series()));
    } else {
      findings.bad(SETTINGS, String.join("; ", problems), ExitCode.BROKEN);
    }
  }

  private void withPrefect(Connection connection) {
    Deadline deadline = surroundings.deadline();
    // However long Prefect takes, there is time left to look at Google.
    reserved = deadline.left(2);
    try (var source = PrefectSource.open(connection, surroundings.time(), this::timeForPrefect)) {
      var check = new PrefectCheck(source, connection.apiUrl(), surroundings.tasks(), findings);
      Instant now = check.run(surroundings.time());
      reserved = Duration.ZERO;
      if (!deadline.isStopped()) {
        google(
            now,
            settings
                .all()
                .filter(all -> check.isReadable())
                .map(all -> new WindowCheck(all, source, surroundings, findings)));
        priced(check.isReadable(), source);
      }
    }
  }

  private void priced(boolean readable, PrefectSource source) {
    settings
        .all()
        .filter(all -> readable)
        .ifPresent(all ->
            all.maxPrice()
                .ifPresent(most -> new PriceCheck(all, source, surroundings, findings).run(most)));
  }

  private Duration timeForPrefect() {
    Duration left = surroundings.deadline().left().minus(reserved);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void google(Instant now, Optional<WindowCheck> window) {
    if (settings.target().isPresent()) {
      Target target = settings.target().get();
      new CloudCheck(target, settings.all(), surroundings, findings)
          .run(now, mark -> window.ifPresent(check -> check.run(mark, now)));
    }
  }
}
