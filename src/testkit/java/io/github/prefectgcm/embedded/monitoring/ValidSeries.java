package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import com.google.api.Distribution.BucketOptions.Exponential;
import com.google.api.Metric;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MonitoredResource;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import java.time.Instant;
import java.util.List;

/** Valid series to write, for tests that then break one rule. */
final class ValidSeries {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  static final String PROJECT = "projects/demo";
  static final String COUNT = "custom.googleapis.com/prefect/flow_run/finished_count";
  static final String LATE = "custom.googleapis.com/prefect/flow_run/late_count";
  static final String TIMES = "custom.googleapis.com/prefect/flow_run/execution_times";

  private ValidSeries() {}

  /** A point of a counter, labelled with its flow. */
  static TimeSeries.Builder counter(String flow, Instant start, Instant end, long value) {
    return series(COUNT, MetricKind.CUMULATIVE)
        .setMetric(Metric.newBuilder().setType(COUNT).putLabels("flow_name", flow))
        .addPoints(point(start, end, TypedValue.newBuilder().setInt64Value(value)));
  }

  static TimeSeries.Builder gauge(Instant time, long value) {
    return series(LATE, MetricKind.GAUGE)
        .addPoints(point(time, time, TypedValue.newBuilder().setInt64Value(value)));
  }

  static TimeSeries.Builder real(String type, Instant start, Instant end, double value) {
    return series(type, MetricKind.CUMULATIVE)
        .addPoints(point(start, end, TypedValue.newBuilder().setDoubleValue(value)));
  }

  static TimeSeries.Builder times(Instant start, Instant end, Distribution.Builder value) {
    return series(TIMES, MetricKind.CUMULATIVE)
        .addPoints(point(start, end, TypedValue.newBuilder().setDistributionValue(value)));
  }

  /** A distribution over the buckets below 1, below 2, below 4, above. */
  static Distribution.Builder spread(double mean, Long... counts) {
    return Distribution.newBuilder()
        .setCount(List.of(counts).stream().mapToLong(Long::longValue).sum())
        .setMean(mean)
        .setBucketOptions(
            BucketOptions.newBuilder()
                .setExponentialBuckets(
                    Exponential.newBuilder().setScale(1).setGrowthFactor(2).setNumFiniteBuckets(2)))
        .addAllBucketCounts(List.of(counts));
  }

  static TimeInterval interval(Instant start, Instant end) {
    return TimeInterval.newBuilder()
        .setStartTime(PacificTime.timestamp(start))
        .setEndTime(PacificTime.timestamp(end))
        .build();
  }

  static CreateTimeSeriesRequest request(TimeSeries.Builder... series) {
    var request = CreateTimeSeriesRequest.newBuilder().setName(PROJECT);
    List.of(series).forEach(request::addTimeSeries);
    return request.build();
  }

  private static Point point(Instant start, Instant end, TypedValue.Builder value) {
    return Point.newBuilder().setInterval(interval(start, end)).setValue(value).build();
  }

  private static TimeSeries.Builder series(String type, MetricKind kind) {
    return TimeSeries.newBuilder()
        .setMetric(Metric.newBuilder().setType(type))
        .setResource(
            MonitoredResource.newBuilder()
                .setType("generic_task")
                .putLabels("location", "global")
                .putLabels("namespace", "default")
                .putLabels("job", "prefect-gcm")
                .putLabels("task_id", "0"))
        .setMetricKind(kind);
  }
}
