package io.github.prefectgcm.query;

import com.google.api.Distribution;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.metric.Buckets;
import java.util.ArrayList;
import java.util.List;

/** What a series holds at a time: a number, or how many of something fell into which bucket. */
public sealed interface Amount {

  /** A number. */
  record Figure(double value) implements Amount {
    @Override
    public Amount plus(Amount other) {
      return new Figure(value + ((Figure) other).value);
    }

    @Override
    public Amount times(double factor) {
      return new Figure(value * factor);
    }
  }

  /**
   * A histogram.
   *
   * @param counts one for each bucket, and fractions where a point was divided
   */
  record Histogram(Buckets buckets, List<Double> counts) implements Amount {
    public Histogram {
      counts = List.copyOf(counts);
    }

    @Override
    public Amount plus(Amount other) {
      var sums = new ArrayList<Double>();
      for (int i = 0; i < counts.size(); i++) {
        sums.add(counts.get(i) + ((Histogram) other).counts.get(i));
      }
      return new Histogram(buckets, sums);
    }

    @Override
    public Amount times(double factor) {
      return new Histogram(buckets, counts.stream().map(count -> count * factor).toList());
    }

    public double count() {
      return counts.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Lower bound of a bucket; the underflow begins at 0, as times do. */
    public double bound(int bucket) {
      return bucket == 0 ? 0 : buckets.scale() * Math.pow(buckets.growth(), bucket - 1);
    }

    /** As if the values were evenly spread over their bucket; the overflow is at its bound. */
    double percentile(double percent) {
      double rank = count() * percent / 100;
      double below = 0;
      for (int i = 0; i < counts.size() - 1; i++) {
        double count = counts.get(i);
        if (count > 0 && below + count >= rank) {
          return bound(i) + (bound(i + 1) - bound(i)) * (rank - below) / count;
        }
        below += count;
      }
      return bound(counts.size() - 1);
    }
  }

  Amount plus(Amount other);

  Amount times(double factor);

  default Amount minus(Amount other) {
    return plus(other.times(-1));
  }

  /**
   * The number.
   *
   * @throws IllegalStateException if it is none
   */
  default double number() {
    if (this instanceof Figure figure) {
      return figure.value();
    }
    throw new IllegalStateException("no number: " + this);
  }

  static Amount of(StoredPoint point) {
    return point.value().hasDistributionValue()
        ? histogram(point.distribution())
        : new Figure(point.real());
  }

  private static Histogram histogram(Distribution distribution) {
    var options = distribution.getBucketOptions().getExponentialBuckets();
    var buckets =
        new Buckets(options.getScale(), options.getGrowthFactor(), options.getNumFiniteBuckets());
    var counts = new ArrayList<Double>();
    for (int i = 0; i < buckets.size(); i++) {
      // Empty buckets at the end may have been left out.
      boolean there = i < distribution.getBucketCountsCount();
      counts.add(there ? (double) distribution.getBucketCounts(i) : 0);
    }
    return new Histogram(buckets, counts);
  }
}
