package io.github.prefectgcm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  /** Bounds at 2, 6 and 18. */
  private static final Buckets BUCKETS = new Buckets(2, 3, 2);

  @Test
  void underflowAndOverflowCount() {
    assertEquals(4, BUCKETS.size());
  }

  @Test
  void bucketsAreTheSameIfAllTheirNumbersAre() {
    assertEquals(BUCKETS, new Buckets(2, 3, 2));
    assertEquals(BUCKETS.hashCode(), new Buckets(2, 3, 2).hashCode());
    assertNotEquals(BUCKETS, new Buckets(1, 3, 2));
    assertNotEquals(BUCKETS, new Buckets(2, 2, 2));
    assertNotEquals(BUCKETS, new Buckets(2, 3, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 0",
    "1.999999, 0",
    "2, 1",
    "5.999999, 1",
    "6, 2",
    "17.999999, 2",
    "18, 3",
    "1e300, 3",
  })
  void aBoundBelongsToTheBucketAboveIt(double value, int index) {
    assertEquals(index, BUCKETS.indexOf(value));
  }
}
