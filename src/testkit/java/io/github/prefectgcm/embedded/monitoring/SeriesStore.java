package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor.MetricKind;
import io.github.prefectgcm.embedded.monitoring.IntervalRules.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The points of all series, and the order in which they may come.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TimeInterval">TimeInterval</a>
 */
final class SeriesStore {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final Map<StoredSeries, List<StoredPoint>> points = new LinkedHashMap<>();

  /** A copy, the points of a series oldest first. */
  Map<StoredSeries, List<StoredPoint>> snapshot(String metricTypeOrSuffix) {
    var copy = new LinkedHashMap<StoredSeries, List<StoredPoint>>();
    points.forEach((series, stored) -> {
      if (series.isOf(metricTypeOrSuffix)) {
        copy.put(series, List.copyOf(stored));
      }
    });
    return copy;
  }

  Optional<StoredPoint> newest(StoredSeries series) {
    List<StoredPoint> stored = points.getOrDefault(series, List.of());
    return stored.isEmpty() ? Optional.empty() : Optional.of(stored.getLast());
  }

  void add(StoredSeries series, StoredPoint point) {
    points.computeIfAbsent(series, absent -> new ArrayList<>()).add(point);
  }

  /**
   * A cumulative point either goes on from the last (same start, later end), or starts anew after
   * the last end: written intervals are closed, so an equal one would overwrite what is stored.
   */
  void checkOrder(StoredSeries series, Interval next, MonitoringOptions options)
      throws RefusedSeries {
    Optional<StoredPoint> newest = newest(series);
    if (newest.isEmpty()) {
      return;
    }
    StoredPoint last = newest.get();
    boolean goesOn = series.kind() == MetricKind.GAUGE || next.start().equals(last.start());
    if (!goesOn && next.start().isBefore(last.end().plus(MILLI))) {
      throw new RefusedSeries(
          options.shape() == RefusalShape.YEAR_2026
              ? "Monarch only accepted 0 of 1 points. Example error: New reset timestamp '%s' must not be older than existing reset timestamp '%s'."
                  .formatted(
                      PacificTime.slashedWithMicros(next.start()),
                      PacificTime.slashedWithMicros(last.start()))
              : "Points must be written in order. One or more of the points specified had an older"
                  + " start time than the most recent point.");
    }
    if (!next.end().isAfter(last.end())) {
      throw new RefusedSeries(
          "Points must be written in order. One or more of the points specified had an older end"
              + " time than the most recent point.");
    }
    if (next.end().isBefore(last.end().plus(options.minSpacing()))) {
      throw new RefusedSeries(
          "One or more points were written more frequently than the maximum sampling period configured for the metric. {Metric: %s, Timestamps: {Youngest Existing: '%s', New: '%s'}}"
              .formatted(
                  series.metricType(),
                  PacificTime.slashed(last.end()),
                  PacificTime.slashed(next.end())));
    }
  }

  /** Those a reader can see by now with {@code since < end <= until}, newest first. */
  List<StoredPoint> visible(
      StoredSeries series, Instant since, Instant until, Instant now, MonitoringOptions options) {
    List<StoredPoint> stored = points.getOrDefault(series, List.of());
    var visible = new ArrayList<StoredPoint>();
    if (stored.isEmpty()
        || stored.getFirst().appliedAt().plus(options.firstPointDelay()).isAfter(now)) {
      return visible;
    }
    for (StoredPoint point : stored.reversed()) {
      if (!point.end().isAfter(since)) {
        break;
      }
      if (!point.end().isAfter(until)
          && !point.appliedAt().plus(options.readDelay()).isAfter(now)) {
        visible.add(point);
      }
    }
    return visible;
  }

  Iterable<StoredSeries> series() {
    return points.keySet();
  }
}
