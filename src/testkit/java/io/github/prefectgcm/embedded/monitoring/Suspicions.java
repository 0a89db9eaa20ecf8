package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Distribution;
import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds in a point what no rule refuses and no writer should send. */
final class Suspicions {
  private Suspicions() {}

  /**
   * One sentence each.
   *
   * @param before the newest point of the series until now
   */
  static List<String> of(
      MetricDescriptor descriptor,
      TimeSeries written,
      StoredPoint point,
      Optional<StoredPoint> before) {
    var found = new ArrayList<String>();
    for (LabelDescriptor label : descriptor.getLabelsList()) {
      if (!written.getMetric().containsLabels(label.getKey())) {
        found.add("label is missing: " + label.getKey());
      }
    }
    TimeInterval interval = written.getPoints(0).getInterval();
    if (!isWholeMillis(interval.getStartTime()) || !isWholeMillis(interval.getEndTime())) {
      found.add("time is not in whole milliseconds");
    }
    if (!Double.isFinite(point.real())) {
      found.add("value is not finite: " + point.real());
    }
    if (descriptor.getMetricKind() == MetricKind.CUMULATIVE) {
      found.addAll(falls(point, before.filter(last -> last.start().equals(point.start()))));
    }
    return found;
  }

  private static boolean isWholeMillis(Timestamp time) {
    Instant instant = PacificTime.instant(time);
    return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  private static List<String> falls(StoredPoint point, Optional<StoredPoint> sameStart) {
    var found = new ArrayList<String>();
    double floor = sameStart.map(StoredPoint::real).orElse(0.0);
    if (point.real() < floor) {
      found.add("value falls from %s to %s within one start".formatted(floor, point.real()));
    }
    if (point.value().hasDistributionValue() && sameStart.isPresent()) {
      Distribution last = sameStart.get().distribution();
      Distribution next = point.distribution();
      if (!last.getBucketOptions().equals(next.getBucketOptions())) {
        found.add("buckets change within one start");
      } else if (next.getCount() < last.getCount()) {
        found.add("count falls from %d to %d".formatted(last.getCount(), next.getCount()));
      }
      for (int i = 0; i < last.getBucketCountsCount(); i++) {
        long now = i < next.getBucketCountsCount() ? next.getBucketCounts(i) : 0;
        if (now < last.getBucketCounts(i)) {
          found.add("bucket %d falls from %d to %d".formatted(i, last.getBucketCounts(i), now));
        }
      }
    }
    return found;
  }
}
