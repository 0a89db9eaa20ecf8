package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import java.util.List;

/**
 * What a distribution must fulfil.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TypedValue#distribution">Distribution</a>
 */
final class DistributionRules {
  private DistributionRules() {}

  static void check(String field, Distribution value) throws RefusedSeries {
    if (value.getCount() < 0) {
      throw RefusedSeries.field(field + ".count", "The count must not be negative.");
    }
    if (!Double.isFinite(value.getMean())) {
      throw RefusedSeries.field(field + ".mean", "The mean must be a finite number.");
    }
    double deviation = value.getSumOfSquaredDeviation();
    if (!Double.isFinite(deviation) || deviation < 0) {
      throw RefusedSeries.field(
          field + ".sum_of_squared_deviation",
          "The sum of squared deviations must be a finite number, not negative.");
    }
    if (value.getCount() == 0 && (value.getMean() != 0 || deviation != 0 || value.hasRange())) {
      throw RefusedSeries.field(
          field, "The mean, the deviation and the range must not be set if the count is zero.");
    }
    checkBuckets(field, value);
  }

  private static void checkBuckets(String field, Distribution value) throws RefusedSeries {
    List<Long> counts = value.getBucketCountsList();
    if (!value.hasBucketOptions()) {
      if (!counts.isEmpty()) {
        throw RefusedSeries.field(field + ".bucket_counts", "There are no bucket options.");
      }
      return;
    }
    int size = size(field + ".bucket_options", value.getBucketOptions());
    if (counts.size() > size) {
      throw RefusedSeries.field(
          field + ".bucket_counts",
          "There are %d counts for %d buckets.".formatted(counts.size(), size));
    }
    if (counts.stream().anyMatch(count -> count < 0)) {
      throw RefusedSeries.field(field + ".bucket_counts", "A count must not be negative.");
    }
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    if (sum != value.getCount()) {
      throw RefusedSeries.field(
          field + ".count",
          Long.toString(value.getCount()),
          "The count must be the sum of the bucket counts (%d).".formatted(sum));
    }
  }

  /** The number of buckets, underflow and overflow included. */
  private static int size(String field, BucketOptions options) throws RefusedSeries {
    return switch (options.getOptionsCase()) {
      case EXPLICIT_BUCKETS -> {
        List<Double> bounds = options.getExplicitBuckets().getBoundsList();
        require(!bounds.isEmpty(), field, "There must be at least one bound.");
        for (int i = 0; i < bounds.size(); i++) {
          require(Double.isFinite(bounds.get(i)), field, "Bounds must be finite.");
          require(i == 0 || bounds.get(i - 1) < bounds.get(i), field, "Bounds must increase.");
        }
        yield bounds.size() + 1;
      }
      case LINEAR_BUCKETS -> {
        var linear = options.getLinearBuckets();
        require(linear.getNumFiniteBuckets() > 0, field, "There must be a finite bucket.");
        require(linear.getWidth() > 0, field, "The width must be greater than 0.");
        yield linear.getNumFiniteBuckets() + 2;
      }
      case EXPONENTIAL_BUCKETS -> {
        var exponential = options.getExponentialBuckets();
        require(exponential.getNumFiniteBuckets() > 0, field, "There must be a finite bucket.");
        require(exponential.getGrowthFactor() > 1, field, "The growth must be greater than 1.");
        require(exponential.getScale() > 0, field, "The scale must be greater than 0.");
        yield exponential.getNumFiniteBuckets() + 2;
      }
      case OPTIONS_NOT_SET -> throw RefusedSeries.field(field, "The options must be set.");
    };
  }

  private static void require(boolean holds, String field, String why) throws RefusedSeries {
    if (!holds) {
      throw RefusedSeries.field(field, why);
    }
  }
}
