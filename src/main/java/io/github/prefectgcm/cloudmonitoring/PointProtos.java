package io.github.prefectgcm.cloudmonitoring;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import com.google.api.Distribution.BucketOptions.Exponential;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TypedValue;
import com.google.protobuf.Timestamp;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/** Points as protos, both ways. */
final class PointProtos {
  private PointProtos() {}

  static com.google.monitoring.v3.Point proto(Kind kind, Point point) {
    var interval = TimeInterval.newBuilder().setEndTime(timestamp(point.end()));
    if (kind == Kind.CUMULATIVE) {
      interval.setStartTime(timestamp(point.start()));
    }
    return com.google.monitoring.v3.Point.newBuilder()
        .setInterval(interval)
        .setValue(typed(point.value()))
        .build();
  }

  /** Absent if the point is not one of this metric's kind and value type. */
  static Optional<Point> read(Metric metric, com.google.monitoring.v3.Point proto) {
    Instant end = instant(proto.getInterval().getEndTime());
    if (metric.kind() == Kind.GAUGE) {
      return value(metric.valueType(), proto.getValue()).map(value -> Point.at(end, value));
    }
    Instant start = instant(proto.getInterval().getStartTime());
    return start.isAfter(end)
        ? Optional.empty()
        : value(metric.valueType(), proto.getValue()).map(value -> new Point(start, end, value));
  }

  static TypedValue typed(Value value) {
    var typed = TypedValue.newBuilder();
    return switch (value.type()) {
      case INT64 -> typed.setInt64Value(((Int64Value) value).value()).build();
      case DOUBLE -> typed.setDoubleValue(((DoubleValue) value).value()).build();
      case DISTRIBUTION ->
          typed.setDistributionValue(distribution((DistributionValue) value)).build();
    };
  }

  private static Distribution distribution(DistributionValue spread) {
    Buckets buckets = spread.buckets();
    var exponential =
        Exponential.newBuilder()
            .setScale(buckets.scale())
            .setGrowthFactor(buckets.growth())
            .setNumFiniteBuckets(buckets.finite());
    return Distribution.newBuilder()
        .setCount(spread.count())
        .setMean(spread.mean())
        .setSumOfSquaredDeviation(spread.squaredDeviation())
        .setBucketOptions(BucketOptions.newBuilder().setExponentialBuckets(exponential))
        .addAllBucketCounts(spread.counts())
        .build();
  }

  private static Optional<Value> value(ValueType type, TypedValue typed) {
    return switch (type) {
      case INT64 ->
          typed.hasInt64Value()
              ? Optional.of(new Int64Value(typed.getInt64Value()))
              : Optional.empty();
      case DOUBLE ->
          typed.hasDoubleValue()
              ? Optional.of(new DoubleValue(typed.getDoubleValue()))
              : Optional.empty();
      case DISTRIBUTION ->
          typed.hasDistributionValue() ? spread(typed.getDistributionValue()) : Optional.empty();
    };
  }

  private static Optional<Value> spread(Distribution proto) {
    Exponential options = proto.getBucketOptions().getExponentialBuckets();
    var buckets =
        new Buckets(options.getScale(), options.getGrowthFactor(), options.getNumFiniteBuckets());
    if (!proto.getBucketOptions().hasExponentialBuckets()
        || proto.getBucketCountsCount() > buckets.size()) {
      return Optional.empty();
    }
    // Empty buckets at the end need not be stored.
    var counts = new ArrayList<>(proto.getBucketCountsList());
    while (counts.size() < buckets.size()) {
      counts.add(0L);
    }
    return Optional.of(
        new DistributionValue(
            buckets, proto.getCount(), proto.getMean(), proto.getSumOfSquaredDeviation(), counts));
  }

  /** Whole milliseconds: what Cloud Monitoring keeps apart. */
  static Timestamp timestamp(Instant time) {
    Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
    return Timestamp.newBuilder()
        .setSeconds(millis.getEpochSecond())
        .setNanos(millis.getNano())
        .build();
  }

  private static Instant instant(Timestamp proto) {
    return Instant.ofEpochSecond(proto.getSeconds(), proto.getNanos())
        .truncatedTo(ChronoUnit.MILLIS);
  }
}
