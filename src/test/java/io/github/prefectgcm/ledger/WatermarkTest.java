package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The window is from FIVE to TEN past noon. */
class WatermarkTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(300);
  private static final Instant TEN = NOON.plusSeconds(600);
  private static final Instant FIFTEEN = NOON.plusSeconds(900);

  private static final Series WINDOWS =
      new Series(
          new Metric(
              "windows", Kind.CUMULATIVE, ValueType.INT64, "1", "Windows", "Text.", List.of()),
          List.of());

  private final OrderedStore store = new OrderedStore();

  @Test
  void theFirstStartsAMillisecondAfterItsWindow() throws Exception {
    Watermark watermark = watermark(Optional.empty());

    assertTrue(watermark.move(FIVE, TEN));
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 1)), watermark.newest());
    assertEquals(watermark.newest(), store.last(WINDOWS));
  }

  @Test
  void itCountsWindows() throws Exception {
    store.with(WINDOWS, point(NOON, FIVE, 41));
    Watermark watermark = watermark(Optional.of(point(NOON, FIVE, 41)));

    assertTrue(watermark.move(FIVE, TEN));
    assertTrue(watermark.move(TEN, FIFTEEN));
    assertEquals(Optional.of(point(NOON, FIFTEEN, 43)), store.last(WINDOWS));
  }

  @Test
  void refusedItIsWrittenAsANewStart() throws Exception {
    store.with(WINDOWS, point(NOON.plusMillis(1), FIVE, 7));
    Watermark watermark = watermark(Optional.of(point(NOON, FIVE, 41)));

    assertTrue(watermark.move(FIVE, TEN));
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 1)), watermark.newest());
    assertEquals(Optional.empty(), watermark.refusal());
  }

  @Test
  void refusedTwiceItIsLookedUpAndBuiltUpon() throws Exception {
    store.with(WINDOWS, point(NOON, TEN, 120));
    Watermark watermark = watermark(Optional.of(point(NOON, FIVE, 96)));

    assertFalse(watermark.move(FIVE, TEN));
    assertEquals(Optional.empty(), watermark.refusal());
    assertTrue(watermark.move(TEN, FIFTEEN));
    assertEquals(Optional.of(point(NOON, FIFTEEN, 121)), store.last(WINDOWS));
  }

  @Test
  void whatIsThereAndCannotBeSeenIsNotBuiltUpon() throws Exception {
    store.with(WINDOWS, point(NOON, TEN, 120)).blind();
    Watermark watermark = watermark(Optional.of(point(NOON, FIVE, 96)));

    assertFalse(watermark.move(FIVE, TEN));
    assertTrue(watermark.refusal().isPresent());
    assertTrue(watermark.move(TEN, FIFTEEN));
    assertEquals(Optional.of(point(TEN.plusMillis(1), FIFTEEN, 1)), store.last(WINDOWS));
  }

  @Test
  void aWindowThatItReachesNeedsNothing() throws Exception {
    Watermark watermark = watermark(Optional.of(point(NOON, TEN, 41)));

    assertFalse(watermark.move(FIVE, TEN));
    assertEquals(List.of(), store.writes);
    assertEquals(Optional.empty(), watermark.refusal());
  }

  @Test
  void aPointThatIsRejectedIsNotTriedAgain() throws Exception {
    store.poisoned(WINDOWS, Refusal.Reason.DESCRIPTOR);
    Watermark watermark = watermark(Optional.of(point(NOON, FIVE, 41)));

    assertFalse(watermark.move(FIVE, TEN));
    assertEquals(1, store.writes.size());
    assertEquals(Optional.of(Refusal.Reason.DESCRIPTOR), watermark.refusal().map(Refusal::reason));
    assertEquals(Optional.of(point(NOON, FIVE, 41)), watermark.newest());
  }

  @Test
  void aLookFindsNothingOlderThanWhatIsKnown() throws Exception {
    store.with(WINDOWS, point(NOON, FIVE, 41));
    Watermark watermark = watermark(Optional.of(point(NOON, TEN, 42)));

    watermark.look();

    assertEquals(Optional.of(point(NOON, TEN, 42)), watermark.newest());
  }

  private Watermark watermark(Optional<Point> read) {
    return new Watermark(store, WINDOWS, read, NOON.minusSeconds(3600), FIFTEEN.plusSeconds(300));
  }

  private static Point point(Instant start, Instant end, long value) {
    return new Point(start, end, new Int64Value(value));
  }
}
