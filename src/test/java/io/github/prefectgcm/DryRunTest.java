package io.github.prefectgcm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Real;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Spread;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import io.github.prefectgcm.metric.Whole;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DryRunTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(300);
  private static final Instant TEN = NOON.plusSeconds(600);
  private static final Metric RUNS = metric("runs", Kind.CUMULATIVE, ValueType.INT64, "1");
  private static final Metric TIMES = metric("times", Kind.CUMULATIVE, ValueType.DISTRIBUTION, "s");
  private static final Metric AGE = metric("age", Kind.GAUGE, ValueType.DOUBLE, "s");
  private static final Metric UP =
      new Metric("up", Kind.GAUGE, ValueType.INT64, "1", "Up", "Up.", List.of());

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final DryRun dryRun = new DryRun(new PrintStream(out, true, UTF_8));

  @Test
  void pointsAndTotalsAreShown() throws Exception {
    var buckets = new Buckets(1, 2, 2);
    dryRun.write(
        List.of(
            counted(RUNS, "größe", FIVE, new Whole(2)),
            counted(RUNS, "ml", FIVE, new Whole(0)),
            counted(RUNS, "web", FIVE, new Whole(0))));
    dryRun.write(
        List.of(counted(RUNS, "größe", TEN, new Whole(5)), counted(RUNS, "ml", TEN, new Whole(1))));
    dryRun.write(
        List.of(
            counted(TIMES, "ml", TEN, Spread.of(buckets, 1.5).plus(Spread.of(buckets, 2.75))),
            counted(TIMES, "web", TEN, Spread.empty(buckets)),
            new Sample(new Series(AGE, List.of("ml")), Point.at(TEN, new Real(61.0004))),
            new Sample(new Series(UP, List.of()), Point.at(TEN, new Whole(0)))));

    dryRun.close();

    assertEquals(
        """
        METRIC  LABELS                VALUE            INTERVAL
        runs    flow="größe"          5                2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z
        runs    flow="ml"             1                2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z
        runs    … and 1 other series  0
        times   flow="ml"             2, mean 2.125 s  2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z
        times   … and 1 other series  0
        age     flow="ml"             61 s             at 2026-03-29T12:10:00Z
        up                            0                at 2026-03-29T12:10:00Z

        METRIC  SERIES  POINTS  TOTAL
        runs    3       5       6
        times   2       2       2, mean 2.125 s
        age     1       1
        up      1       1

        """,
        out.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void itHoldsNothingAndRefusesNothing() throws Exception {
    Sample sample = counted(RUNS, "ml", FIVE, new Whole(1));

    assertEquals(List.of(), dryRun.write(List.of(sample)));
    assertEquals(Optional.empty(), dryRun.newest(sample.series(), NOON, TEN));
    assertEquals(Map.of(), dryRun.newest(RUNS, NOON, TEN));
  }

  private static Sample counted(Metric metric, String flow, Instant end, Value value) {
    return new Sample(new Series(metric, List.of(flow)), new Point(NOON, end, value));
  }

  private static Metric metric(String name, Kind kind, ValueType type, String unit) {
    return new Metric(name, kind, type, unit, "Name", "Text.", List.of(new Label("flow", "Flow.")));
  }
}
