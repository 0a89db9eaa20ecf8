package io.github.prefectgcm.demo;

import com.google.api.Distribution;
import com.google.api.MetricDescriptor.MetricKind;
import io.github.prefectgcm.demo.WrittenSeries.WrittenPoint;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The series that the store holds, in the page's own words. */
final class ReadBack {
  static final String PREFIX = "custom.googleapis.com/prefect";

  private ReadBack() {}

  static List<WrittenSeries> from(EmbeddedCloudMonitoring cloud) {
    var series = new ArrayList<WrittenSeries>();
    cloud
        .series()
        .forEach((stored, points) ->
            series.add(
                new WrittenSeries(
                    stored.metricType().substring(PREFIX.length() + 1),
                    stored.kind() == MetricKind.CUMULATIVE ? Kind.CUMULATIVE : Kind.GAUGE,
                    stored.labels(),
                    points.stream().map(ReadBack::point).toList())));
    series.sort(
        Comparator.comparing(WrittenSeries::metric).thenComparing(one -> one.labels().toString()));
    return series;
  }

  private static WrittenPoint point(StoredPoint stored) {
    return new WrittenPoint(
        new Point(stored.start(), stored.end(), value(stored)), stored.appliedAt());
  }

  private static Value value(StoredPoint stored) {
    return switch (stored.value().getValueCase()) {
      case INT64_VALUE -> new Int64Value(stored.whole());
      case DOUBLE_VALUE -> new DoubleValue(stored.real());
      case DISTRIBUTION_VALUE -> spread(stored.distribution());
      default -> throw new IllegalStateException("no value of ours: " + stored);
    };
  }

  private static DistributionValue spread(Distribution distribution) {
    var exponential = distribution.getBucketOptions().getExponentialBuckets();
    var buckets =
        new Buckets(
            exponential.getScale(),
            exponential.getGrowthFactor(),
            exponential.getNumFiniteBuckets());
    // Empty buckets at the end may have been left out.
    var counts = new ArrayList<>(distribution.getBucketCountsList());
    while (counts.size() < buckets.size()) {
      counts.add(0L);
    }
    return new DistributionValue(
        buckets,
        distribution.getCount(),
        distribution.getMean(),
        distribution.getSumOfSquaredDeviation(),
        counts);
  }
}
