package io.github.prefectgcm;

import io.github.prefectgcm.prefect.PrefectSource;
import java.time.Duration;
import java.time.Instant;

/** Tries one by one what the job needs, and says for each what is there or what to do. */
final class Check {
  private static final String SETTINGS = "settings";

  private final Settings settings;
  private final Surroundings surroundings;
  private final Findings findings;

  Check(Settings settings, Surroundings surroundings, Findings findings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.findings = findings;
  }

  /** Says what can be said without settings. */
  static void impossible(Settings.Invalid problems, Findings findings) {
    findings.bad(SETTINGS, String.join("; ", problems.problems()), Account.BROKEN);
    findings.rest(PrefectCheck.NAMES);
    findings.rest(CloudCheck.NAMES);
  }

  void run() {
    if (settings.dryRun()) {
      findings.bad(
          SETTINGS, "DRY_RUN is set, so the job writes nothing: set it to false", Account.BROKEN);
    } else {
      findings.good(SETTINGS, settings.target().series());
    }
    Deadline deadline = surroundings.deadline();
    // However long Prefect takes, there is time left to look at Google.
    Duration reserved = deadline.left(2);
    Instant now;
    try (var source =
        PrefectSource.open(
            settings.prefect(),
            surroundings.clock(),
            () -> positive(deadline.left().minus(reserved)))) {
      now =
          new PrefectCheck(source, settings.prefect().apiUrl(), surroundings.tasks(), findings)
              .run(surroundings.clock());
    }
    if (!deadline.isStopped()) {
      new CloudCheck(settings, deadline, findings).run(now);
    }
    findings.rest(CloudCheck.NAMES);
  }

  private static Duration positive(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }
}
