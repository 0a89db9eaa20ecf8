package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Limit.alarmBelow;
import static io.github.prefectgcm.dashboard.Limit.alarmFrom;
import static io.github.prefectgcm.dashboard.Limit.warnFrom;

import java.time.Duration;

/** Where the dashboards draw their lines: where the alert policies begin to alert by default. */
final class Limits {
  static final Limit LATE = alarmFrom(seconds(Duration.ofMinutes(10)), "10 min late");
  static final Limit PENDING = alarmFrom(seconds(Duration.ofMinutes(15)), "15 min pending");
  static final Limit RUNNING = alarmFrom(seconds(Duration.ofHours(12)), "12 h running");
  static final Limit BEHIND = alarmFrom(seconds(Duration.ofMinutes(30)), "30 min behind");
  static final Limit FAILURES = alarmFrom(0.1, "10 % fail");
  static final Limit STREAK = alarmFrom(3, "3 in a row");

  // No alert policy has these.
  static final Limit ANY = warnFrom(1, "any");
  static final Limit HEARTBEAT = warnFrom(seconds(Duration.ofMinutes(5)), "5 min silent");

  /** Below 1. The services drop a threshold of 0, as they drop every value that is a default. */
  static final Limit NONE = alarmBelow(0.5, "none");

  private Limits() {}

  private static double seconds(Duration time) {
    return time.toSeconds();
  }
}
