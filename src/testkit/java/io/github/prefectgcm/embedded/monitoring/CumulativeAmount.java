package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Distribution;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/**
 * What a cumulative point holds, or what was added to it.
 *
 * @param value the number; of a distribution the sum of its values
 * @param count of a distribution, else 0
 * @param buckets of a distribution, else empty; trailing zeros are left out
 */
public record CumulativeAmount(double value, long count, List<Long> buckets) {
  static final CumulativeAmount NOTHING = new CumulativeAmount(0, 0, List.of());

  public CumulativeAmount {
    int size = buckets.size();
    while (size > 0 && buckets.get(size - 1) == 0) {
      size--;
    }
    buckets = List.copyOf(buckets.subList(0, size));
  }

  static CumulativeAmount of(StoredPoint point) {
    if (!point.value().hasDistributionValue()) {
      return new CumulativeAmount(point.real(), 0, List.of());
    }
    Distribution spread = point.distribution();
    return new CumulativeAmount(
        spread.getMean() * spread.getCount(), spread.getCount(), spread.getBucketCountsList());
  }

  public CumulativeAmount plus(CumulativeAmount other) {
    return combine(other, Double::sum, Long::sum);
  }

  CumulativeAmount minus(CumulativeAmount other) {
    return combine(other, (a, b) -> a - b, (a, b) -> a - b);
  }

  /** What was added since, if each number by itself starts from 0 again when it falls. */
  CumulativeAmount sinceByValue(CumulativeAmount last) {
    return combine(last, (a, b) -> a < b ? a : a - b, (a, b) -> a < b ? a : a - b);
  }

  private CumulativeAmount combine(
      CumulativeAmount other, DoubleBinaryOperator reals, LongBinaryOperator wholes) {
    int size = Math.max(buckets.size(), other.buckets.size());
    return new CumulativeAmount(
        reals.applyAsDouble(value, other.value),
        wholes.applyAsLong(count, other.count),
        LongStream.range(0, size)
            .map(i -> wholes.applyAsLong(bucket((int) i), other.bucket((int) i)))
            .boxed()
            .toList());
  }

  private long bucket(int index) {
    return index < buckets.size() ? buckets.get(index) : 0;
  }
}
