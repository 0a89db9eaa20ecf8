package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.monitoring.v3.TimeInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which interval a point can have, before looking at its series.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TimeInterval">TimeInterval</a>
 */
record IntervalRules(String field, String metricType, MetricKind kind) {
  private static final Duration PAST = Duration.ofHours(25);
  private static final Duration FUTURE = Duration.ofMinutes(5);

  /** A checked interval in whole milliseconds. */
  record Interval(Instant start, Instant end) {}

  Interval check(TimeInterval interval, Instant now) throws RefusedSeries {
    if (!interval.hasEndTime()) {
      throw RefusedSeries.field(field + ".end_time", "The end time must be set.");
    }
    Instant end = PacificTime.instant(interval.getEndTime()).truncatedTo(ChronoUnit.MILLIS);
    Instant start =
        interval.hasStartTime()
            ? PacificTime.instant(interval.getStartTime()).truncatedTo(ChronoUnit.MILLIS)
            : end;
    if (kind == MetricKind.GAUGE && !start.equals(end)) {
      throw RefusedSeries.field(
          field + ".start_time",
          PacificTime.iso(start),
          "The start time must be equal to the end time (%s) for the gauge metric '%s'."
              .formatted(PacificTime.iso(end), metricType));
    }
    if (kind != MetricKind.GAUGE && !start.isBefore(end)) {
      throw RefusedSeries.field(
          field + ".start_time",
          PacificTime.iso(start),
          "The start time must be before the end time (%s) for the non-gauge metric '%s'."
              .formatted(PacificTime.iso(end), metricType));
    }
    if (end.isBefore(now.minus(PAST))) {
      throw RefusedSeries.field(
          field + ".end_time",
          PacificTime.iso(end),
          "Data points cannot be written more than 25h10s in the past.");
    }
    if (end.isAfter(now.plus(FUTURE))) {
      throw RefusedSeries.field(
          field + ".end_time",
          PacificTime.iso(end),
          "Data points cannot be written more than 5m in the future.");
    }
    return new Interval(start, end);
  }
}
