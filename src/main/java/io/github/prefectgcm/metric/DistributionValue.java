package io.github.prefectgcm.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A distribution.
 *
 * @param mean 0 if {@code count} is 0
 * @param squaredDeviation sum of squared deviations from the mean; 0 if {@code count} is 0
 * @param counts one count a bucket, underflow first; their sum is {@code count}
 */
public record DistributionValue(
    Buckets buckets, long count, double mean, double squaredDeviation, List<Long> counts)
    implements Value {
  public DistributionValue {
    counts = List.copyOf(counts);
    if (counts.size() != buckets.size()) {
      throw new IllegalArgumentException(counts.size() + " counts in " + buckets);
    }
  }

  public static DistributionValue empty(Buckets buckets) {
    return new DistributionValue(buckets, 0, 0, 0, Collections.nCopies(buckets.size(), 0L));
  }

  /** The distribution of one value. */
  public static DistributionValue of(Buckets buckets, double value) {
    var counts = new ArrayList<>(Collections.nCopies(buckets.size(), 0L));
    counts.set(buckets.indexOf(value), 1L);
    return new DistributionValue(buckets, 1, value, 0, counts);
  }

  @Override
  public ValueType type() {
    return ValueType.DISTRIBUTION;
  }

  /**
   * Merges by <a
   * href="https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Parallel_algorithm">Chan's
   * formula</a>, which stays right for any split of the values.
   */
  @Override
  public DistributionValue plus(Value more) {
    DistributionValue other = (DistributionValue) more;
    if (!buckets.equals(other.buckets)) {
      throw new IllegalArgumentException(buckets + " and " + other.buckets);
    }
    if (other.count == 0) {
      return this;
    }
    if (count == 0) {
      return other;
    }
    long total = count + other.count;
    double delta = other.mean - mean;
    var merged = new ArrayList<Long>(counts.size());
    for (int i = 0; i < counts.size(); i++) {
      merged.add(counts.get(i) + other.counts.get(i));
    }
    return new DistributionValue(
        buckets,
        total,
        mean + delta * other.count / total,
        squaredDeviation + other.squaredDeviation + delta * delta * count * other.count / total,
        merged);
  }

  @Override
  public boolean isZero() {
    return count == 0;
  }
}
