package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.spread;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.Distribution;
import com.google.monitoring.v3.TypedValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointIncrementTest {

  @Test
  void risingTotalsAddTheirDifferences() {
    List<StoredPoint> points = List.of(whole(0, 10, 5), whole(0, 20, 5), whole(0, 30, 7));
    List<PointIncrement> expected = List.of(added(0, 10, 5), added(10, 20, 0), added(20, 30, 2));
    assertEquals(expected, PointIncrement.byStartTime(points));
    assertEquals(expected, PointIncrement.byValue(points));
  }

  @Test
  void newStartAddsTheWholeValueThoughItRose() {
    List<StoredPoint> points = List.of(whole(0, 10, 5), whole(11, 20, 7));
    assertEquals(List.of(added(0, 10, 5), added(11, 20, 7)), PointIncrement.byStartTime(points));
    assertEquals(List.of(added(0, 10, 5), added(10, 20, 2)), PointIncrement.byValue(points));
  }

  @Test
  void newStartWithLessIsAResetToBoth() {
    List<StoredPoint> points = List.of(whole(0, 10, 5), whole(11, 20, 3));
    assertEquals(List.of(added(0, 10, 5), added(11, 20, 3)), PointIncrement.byStartTime(points));
    assertEquals(List.of(added(0, 10, 5), added(10, 20, 3)), PointIncrement.byValue(points));
  }

  @Test
  void distributionAddsCountSumAndBuckets() {
    List<StoredPoint> points =
        List.of(
            distribution(0, 10, spread(1.5, 0L, 2L)), distribution(0, 20, spread(3, 0L, 2L, 2L)));
    assertEquals(
        List.of(
            new PointIncrement(at(0), at(10), new CumulativeAmount(3, 2, List.of(0L, 2L))),
            new PointIncrement(at(10), at(20), new CumulativeAmount(9, 2, List.of(0L, 0L, 2L)))),
        PointIncrement.byStartTime(points));
    assertEquals(PointIncrement.byStartTime(points), PointIncrement.byValue(points));
    assertEquals(
        new CumulativeAmount(12, 4, List.of(0L, 2L, 2L)),
        PointIncrement.total(PointIncrement.byStartTime(points)));
  }

  @Test
  void eachBucketIsACounterToPromql() {
    List<StoredPoint> points =
        List.of(
            distribution(0, 10, spread(1.5, 0L, 2L)), distribution(11, 20, spread(3, 0L, 1L, 2L)));
    assertEquals(
        List.of(
            new PointIncrement(at(0), at(10), new CumulativeAmount(3, 2, List.of(0L, 2L))),
            new PointIncrement(at(10), at(20), new CumulativeAmount(6, 1, List.of(0L, 1L, 2L)))),
        PointIncrement.byValue(points));
  }

  private static PointIncrement added(long start, long end, double value) {
    return new PointIncrement(at(start), at(end), new CumulativeAmount(value, 0, List.of()));
  }

  private static StoredPoint whole(long start, long end, long value) {
    return point(start, end, TypedValue.newBuilder().setInt64Value(value));
  }

  private static StoredPoint distribution(long start, long end, Distribution.Builder value) {
    return point(start, end, TypedValue.newBuilder().setDistributionValue(value));
  }

  private static StoredPoint point(long start, long end, TypedValue.Builder value) {
    return new StoredPoint(at(start), at(end), at(end), value.build());
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }
}
