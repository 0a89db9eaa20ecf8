package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(300);
  private static final Instant TEN = NOON.plusSeconds(600);
  private static final Metric RUNS =
      new Metric(
          "runs",
          Kind.CUMULATIVE,
          ValueType.INT64,
          "1",
          "Runs",
          "Runs.",
          List.of(new Label("flow", "Flow.")));
  private static final Series ETL = new Series(RUNS, List.of("etl"));
  private static final Series ML = new Series(RUNS, List.of("ml"));

  @Test
  void aSeriesIsCountedUntilTheEndOfThePointThatWasRead() {
    var ledger = new Ledger(Map.of(ETL, point(NOON, FIVE, 4)));

    assertEquals(Optional.of(FIVE), ledger.countedUntil(ETL));
  }

  @Test
  void aSeriesWithoutAPointIsCountedAsFarAsItsGroup() {
    var ledger = new Ledger(Map.of(ETL, point(NOON, FIVE, 4)));
    Series ofAnotherMetric =
        new Series(
            new Metric(
                "crashes", Kind.CUMULATIVE, ValueType.INT64, "1", "Name", "Text.", List.of()),
            List.of());

    Series gauge =
        new Series(
            new Metric("runs", Kind.GAUGE, ValueType.INT64, "1", "Name", "Text.", RUNS.labels()),
            List.of("ml"));

    assertEquals(Optional.of(FIVE), ledger.countedUntil(ML));
    assertEquals(Optional.empty(), ledger.countedUntil(ofAnotherMetric));
    assertEquals(Optional.empty(), ledger.countedUntil(gauge));
  }

  @Test
  void whatIsAcceptedLaterDoesNotChangeWhatWasRead() {
    var ledger = new Ledger(Map.of(ETL, point(NOON, FIVE, 4)));

    ledger.holds(ETL, point(NOON, TEN, 6));

    assertEquals(Optional.of(FIVE), ledger.countedUntil(ETL));
    assertEquals(Map.of(ETL, point(NOON, FIVE, 4)), ledger.read());
  }

  @Test
  void seriesThatEndAtOrAfterTheStartHaveABase() {
    var ledger =
        new Ledger(Map.of(ETL, point(NOON, FIVE, 4), ML, point(NOON, FIVE.minusMillis(1), 4)));

    assertEquals(Set.of(ETL), ledger.based(FIVE));
    assertEquals(Set.of(ETL, ML), ledger.based(NOON));
  }

  @Test
  void anAcceptedPointIsABase() {
    var ledger = new Ledger(Map.of());

    ledger.holds(ETL, point(NOON, FIVE, 4));

    assertEquals(Set.of(ETL), ledger.based(FIVE));
  }

  @Test
  void aPointReachesAnEndThatIsNotAfterItsOwn() {
    var ledger = new Ledger(Map.of(ETL, point(NOON, FIVE, 4)));

    assertTrue(ledger.reaches(ETL, FIVE));
    assertFalse(ledger.reaches(ETL, FIVE.plusMillis(1)));
    assertFalse(ledger.reaches(ML, FIVE));
  }

  @Test
  void theResetFormStartsRightAfterTheBase() {
    var ledger = new Ledger(Map.of(ETL, point(NOON, FIVE, 4)));
    var change = new Increment(ETL, new Int64Value(2));

    assertEquals(
        Optional.of(point(FIVE.plusMillis(1), TEN, 2)), ledger.resetForm(change, FIVE, TEN));
    assertEquals(Optional.empty(), ledger.resetForm(change, FIVE, FIVE.plusMillis(1)));
    assertEquals(Optional.empty(), ledger.resetForm(change, FIVE.plusMillis(1), TEN));
  }

  private static Point point(Instant start, Instant end, long value) {
    return new Point(start, end, new Int64Value(value));
  }
}
