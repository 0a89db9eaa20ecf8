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
    assertEquals(ValueType.INT64, new Whole(1).type());
    assertEquals(ValueType.DOUBLE, new Real(1).type());
    assertEquals(ValueType.DISTRIBUTION, Spread.empty(new Buckets(1, 2, 3)).type());
  }

  @Test
  void wholeNumbersAddUp() {
    assertEquals(new Whole(12), new Whole(5).plus(new Whole(7)));
  }

  @Test
  void aWholeNumberNeverWrapsAround() {
    assertThrows(ArithmeticException.class, () -> new Whole(Long.MAX_VALUE).plus(new Whole(1)));
  }

  @Test
  void zeroIsZero() {
    assertTrue(new Whole(0).isZero());
    assertFalse(new Whole(1).isZero());
    assertTrue(new Real(0).isZero());
    assertFalse(new Real(0.000001).isZero());
  }

  @Test
  void secondsAddUpExactlyToTheMicrosecond() {
    // 0.1 + 0.2 is 0.30000000000000004 otherwise.
    assertEquals(new Real(0.3), new Real(0.1).plus(new Real(0.2)));
  }

  @Test
  void aSumOfSecondsDoesNotDependOnTheOrderOfItsParts() {
    var random = new Random(3);
    for (int trial = 0; trial < 100; trial++) {
      var parts = new ArrayList<Real>();
      var exact = BigDecimal.ZERO;
      for (int i = 0; i < 200; i++) {
        BigDecimal part = BigDecimal.valueOf(random.nextLong(100_000_000_000L), 6);
        parts.add(new Real(part.doubleValue()));
        exact = exact.add(part);
      }
      Collections.shuffle(parts, random);

      Real sum = new Real(0);
      for (Real part : parts) {
        sum = sum.plus(part);
      }
      assertEquals(new Real(exact.doubleValue()), sum);
    }
  }

  @Test
  void aPointNeverStartsAfterItsEnd() {
    var one = new Whole(1);

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
