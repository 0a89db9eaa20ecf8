package io.github.prefectgcm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionValueTest {
  /** Below 1, [1, 2), [2, 4), from 4. */
  private static final Buckets BUCKETS = new Buckets(1, 2, 2);

  @Test
  void anEmptyOneIsZero() {
    assertEquals(
        new DistributionValue(BUCKETS, 0, 0, 0, List.of(0L, 0L, 0L, 0L)),
        DistributionValue.empty(BUCKETS));
    assertTrue(DistributionValue.empty(BUCKETS).isZero());
  }

  @Test
  void oneValueIsItsOwnMean() {
    assertEquals(
        new DistributionValue(BUCKETS, 1, 3, 0, List.of(0L, 0L, 1L, 0L)),
        DistributionValue.of(BUCKETS, 3));
    assertFalse(DistributionValue.of(BUCKETS, 0).isZero());
  }

  @Test
  void mergingAddsCountsAndMovesTheMean() {
    DistributionValue low =
        DistributionValue.of(BUCKETS, 0.5).plus(DistributionValue.of(BUCKETS, 1.5));
    DistributionValue high =
        DistributionValue.of(BUCKETS, 3).plus(DistributionValue.of(BUCKETS, 7));

    // Deviations from 3: 2.5, 1.5, 0 and 4.
    assertEquals(
        new DistributionValue(BUCKETS, 4, 3, 6.25 + 2.25 + 16, List.of(1L, 1L, 1L, 1L)),
        low.plus(high));
  }

  @Test
  void anEmptyOneChangesNothing() {
    DistributionValue one = DistributionValue.of(BUCKETS, 3);

    assertEquals(one, one.plus(DistributionValue.empty(BUCKETS)));
    assertEquals(one, DistributionValue.empty(BUCKETS).plus(one));
  }

  @Test
  void anySplitOfTheValuesMergesToTheSame() {
    var random = new Random(7);
    var buckets = new Buckets(1, 1.5, 34);
    for (int trial = 0; trial < 300; trial++) {
      var values = new ArrayList<Double>();
      List<DistributionValue> parts = new ArrayList<>();
      for (int part = 1 + random.nextInt(6); part > 0; part--) {
        DistributionValue spread = DistributionValue.empty(buckets);
        for (int i = random.nextInt(8); i > 0; i--) {
          double value = Math.rint(Math.exp(random.nextDouble() * 14) * 1e6) / 1e6;
          values.add(value);
          spread = spread.plus(DistributionValue.of(buckets, value));
          assertConsistent(spread);
        }
        parts.add(spread);
      }
      DistributionValue merged = DistributionValue.empty(buckets);
      for (DistributionValue part : parts) {
        merged = merged.plus(part);
        assertConsistent(merged);
      }
      assertMeasures(values, merged);
    }
  }

  @Test
  void differentBucketsCannotBeMerged() {
    DistributionValue one = DistributionValue.of(BUCKETS, 3);
    DistributionValue other = DistributionValue.of(new Buckets(1, 2, 3), 3);

    assertThrows(IllegalArgumentException.class, () -> one.plus(other));
  }

  @Test
  void thereIsOneCountForEachBucket() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DistributionValue(BUCKETS, 0, 0, 0, List.of(0L, 0L)));
  }

  private static void assertConsistent(DistributionValue spread) {
    assertEquals(spread.count(), spread.counts().stream().mapToLong(count -> count).sum());
    assertTrue(spread.squaredDeviation() >= 0);
  }

  private static void assertMeasures(List<Double> values, DistributionValue spread) {
    double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
    double deviation = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    var counts = new long[spread.buckets().size()];
    values.forEach(value -> counts[spread.buckets().indexOf(value)]++);

    assertEquals(values.size(), spread.count());
    assertEquals(mean, spread.mean(), 1e-9 * (1 + mean));
    assertEquals(deviation, spread.squaredDeviation(), 1e-9 * (1 + deviation));
    assertEquals(Arrays.stream(counts).boxed().toList(), spread.counts());
  }
}
