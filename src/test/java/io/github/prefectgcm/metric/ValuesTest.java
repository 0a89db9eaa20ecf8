package io.github.prefectgcm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

  @Test
  void everyValueHasTheTypeOfItsMetric() {
    assertEquals(ValueType.INT64, new Int64Value(1).type());
    assertEquals(ValueType.DOUBLE, new DoubleValue(1).type());
    assertEquals(ValueType.DISTRIBUTION, DistributionValue.empty(new Buckets(1, 2, 3)).type());
  }

  @Test
  void wholeNumbersAddUp() {
    assertEquals(new Int64Value(12), new Int64Value(5).plus(new Int64Value(7)));
  }

  @Test
  void aWholeNumberNeverWrapsAround() {
    assertThrows(
        ArithmeticException.class, () -> new Int64Value(Long.MAX_VALUE).plus(new Int64Value(1)));
  }

  @Test
  void zeroIsZero() {
    assertTrue(new Int64Value(0).isZero());
    assertFalse(new Int64Value(1).isZero());
    assertTrue(new DoubleValue(0).isZero());
    assertFalse(new DoubleValue(0.000001).isZero());
  }

  @Test
  void secondsAddUpExactlyToTheMicrosecond() {
    // 0.1 + 0.2 is 0.30000000000000004 otherwise.
    assertEquals(new DoubleValue(0.3), new DoubleValue(0.1).plus(new DoubleValue(0.2)));
  }

  @Test
  void aSumOfSecondsDoesNotDependOnTheOrderOfItsParts() {
    var random = new Random(3);
    for (int trial = 0; trial < 100; trial++) {
      var parts = new ArrayList<DoubleValue>();
      var exact = BigDecimal.ZERO;
      for (int i = 0; i < 200; i++) {
        BigDecimal part = BigDecimal.valueOf(random.nextLong(100_000_000_000L), 6);
        parts.add(new DoubleValue(part.doubleValue()));
        exact = exact.add(part);
      }
      Collections.shuffle(parts, random);

      DoubleValue sum = new DoubleValue(0);
      for (DoubleValue part : parts) {
        sum = sum.plus(part);
      }
      assertEquals(new DoubleValue(exact.doubleValue()), sum);
    }
  }

  @Test
  void aPointNeverStartsAfterItsEnd() {
    var one = new Int64Value(1);

    assertEquals(new Point(NOON, NOON, one), Point.at(NOON, one));
    assertThrows(IllegalArgumentException.class, () -> new Point(NOON.plusMillis(1), NOON, one));
  }

  @Test
  void aSeriesHasAValueForEachLabel() {
    Metric metric =
        new Metric(
            "m", Kind.GAUGE, ValueType.INT64, "1", "M", "M.", List.of(new Label("pool", "P.")));

    assertEquals(
        "m has 1 labels, not [a, b]",
        assertThrows(IllegalArgumentException.class, () -> new Series(metric, List.of("a", "b")))
            .getMessage());
  }
}
