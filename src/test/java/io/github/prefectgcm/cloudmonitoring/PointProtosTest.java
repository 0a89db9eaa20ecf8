package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Fixtures.LEVEL;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.NOON;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RATIO;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RUNS;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PointProtosTest {
  private static final String END = "end_time { seconds: 1780315200 nanos: 1999999 }";

  @Test
  void whatIsWrittenIsReadBack() {
    var buckets = new Buckets(0.1, 1.5, 30);
    var spread = DistributionValue.of(buckets, 3).plus(DistributionValue.of(buckets, 400));
    assertReadsBack(RUNS, new Point(NOON.minusMillis(299_999), NOON, new Int64Value(12)));
    assertReadsBack(TIME, new Point(NOON.minusMillis(299_999), NOON, spread));
    assertReadsBack(TIME, new Point(NOON.minusMillis(1), NOON, DistributionValue.empty(buckets)));
    assertReadsBack(RATIO, Point.at(NOON.plusMillis(1), new DoubleValue(-0.5)));
  }

  @Test
  void aGaugeCountsFromItsEndWhateverItsStart() throws Exception {
    assertEquals(
        Optional.of(Point.at(NOON.plusMillis(1), new Int64Value(1))),
        read(LEVEL, "interval { start_time { seconds: 5 } %s } value { int64_value: 1 }"));
  }

  @Test
  void emptyBucketsAtTheEndMayBeLeftOut() throws Exception {
    var counts = List.of(0L, 2L, 0L, 0L);
    assertEquals(
        Optional.of(
            new Point(
                NOON,
                NOON.plusMillis(1),
                new DistributionValue(new Buckets(1, 2, 2), 2, 1.5, 0, counts))),
        read(
            TIME,
            """
            interval { start_time { seconds: 1780315200 } %s }
            value {
              distribution_value {
                count: 2 mean: 1.5
                bucket_options {
                  exponential_buckets { num_finite_buckets: 2 growth_factor: 2 scale: 1 }
                }
                bucket_counts: [0, 2]
              }
            }
            """));
  }

  @Test
  void valuesOfAnotherTypeAreNotThere() throws Exception {
    assertEquals(Optional.empty(), read(RUNS, "interval { %s } value { double_value: 1 }"));
    assertEquals(Optional.empty(), read(RATIO, "interval { %s } value { int64_value: 1 }"));
    assertEquals(Optional.empty(), read(TIME, "interval { %s } value { int64_value: 1 }"));
    assertEquals(
        Optional.empty(),
        read(
            TIME,
            """
            interval { %s }
            value {
              distribution_value {
                count: 1
                bucket_options { explicit_buckets { bounds: 1 } }
                bucket_counts: [0, 1]
              }
            }
            """));
  }

  @Test
  void aPointThatEndsBeforeItsStartIsNotThere() throws Exception {
    assertEquals(
        Optional.empty(),
        read(RUNS, "interval { start_time { seconds: 1780315201 } %s } value { int64_value: 1 }"));
  }

  private static void assertReadsBack(Metric metric, Point point) {
    assertEquals(
        Optional.of(point), PointProtos.read(metric, PointProtos.proto(metric.kind(), point)));
  }

  private static Optional<Point> read(Metric metric, String text) throws ParseException {
    return PointProtos.read(
        metric, TextFormat.parse(text.formatted(END), com.google.monitoring.v3.Point.class));
  }
}
