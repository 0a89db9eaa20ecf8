package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UnrepeatableCountersTest {
  private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(300);
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Instant START = NOW.minusSeconds(150);

  private static final Metric REJECTED =
      new Metric(
          "rejected",
          Kind.CUMULATIVE,
          ValueType.INT64,
          "1",
          "Rejected",
          "Text.",
          List.of(new Label("reason", "Reason.")));
  private static final Series INVALID = new Series(REJECTED, List.of("invalid"));
  private static final Series OTHER = new Series(REJECTED, List.of("other"));

  private final OrderedStore store = new OrderedStore();

  @Test
  void eachExecutionStartsItsSeriesAnew() throws Exception {
    store.with(OTHER, point(BEFORE.minusSeconds(300), BEFORE, 7));

    assertEquals(written(1), add(Map.of(OTHER, 0L)));
    assertEquals(Optional.of(point(START, NOW, 0)), store.last(OTHER));
    assertEquals(List.of(), store.reads);
  }

  @Test
  void anAmountComesAfterAZero() throws Exception {
    store.with(INVALID, point(BEFORE.minusSeconds(300), BEFORE, 3));

    assertEquals(written(2), add(Map.of(INVALID, 5L)));
    assertEquals(
        List.of(
            List.of(new Sample(INVALID, point(START, NOW.minusSeconds(10), 0))),
            List.of(new Sample(INVALID, point(START, NOW, 5)))),
        store.writes);
  }

  @Test
  void thereIsNoZeroWherePointsWouldBeTooClose() throws Exception {
    assertEquals(written(1), counters(Duration.ofSeconds(20)).add(Map.of(INVALID, 5L)));
    assertEquals(Optional.of(point(NOW.minusSeconds(10), NOW, 5)), store.last(INVALID));
  }

  @Test
  void twoExecutionsWithinAPeriodAddUpAndNeverFall() throws Exception {
    Instant newer = NOW.minusSeconds(60);
    store.with(INVALID, point(START.minusSeconds(60), newer, 14));

    assertEquals(written(1), add(Map.of(INVALID, 2L)));
    assertEquals(Optional.of(point(NOW.minusSeconds(30), NOW, 2)), store.last(INVALID));
  }

  @Test
  void whatCannotBeAddedIsUnsettledUnlessItIsNothing() throws Exception {
    store.with(INVALID, point(START.minusSeconds(60), NOW.minusSeconds(60), 14));
    store.with(OTHER, point(START.minusSeconds(60), NOW.minusSeconds(60), 14));
    store.blind();

    assertEquals(
        new WindowResult(0, List.of(), Map.of(), Set.of(INVALID)),
        add(Map.of(INVALID, 2L, OTHER, 0L)));
  }

  @Test
  void aPointFromALaterExecutionLeavesNoRoom() throws Exception {
    Point later = point(BEFORE, NOW.plusSeconds(5), 1);
    store.with(INVALID, later);

    assertEquals(
        new WindowResult(0, List.of(), Map.of(), Set.of(INVALID)), add(Map.of(INVALID, 2L)));
    assertEquals(Optional.of(later), store.last(INVALID));
  }

  @Test
  void aRejectedPointIsTold() throws Exception {
    store.poisoned(INVALID, Refusal.Reason.DESCRIPTOR);

    WindowResult recorded = add(Map.of(INVALID, 2L, OTHER, 0L));

    assertEquals(1, recorded.written());
    assertEquals(
        Set.of(Refusal.Reason.DESCRIPTOR),
        recorded.rejected().stream().map(Refusal::reason).collect(Collectors.toSet()));
    assertEquals(Set.of(), recorded.unsettled());
  }

  private WindowResult add(Map<Series, Long> amounts) throws Exception {
    return counters(PERIOD).add(amounts);
  }

  private UnrepeatableCounters counters(Duration period) {
    return new UnrepeatableCounters(
        store, NOW, period, NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(300));
  }

  private static WindowResult written(int points) {
    return new WindowResult(points, List.of(), Map.of(), Set.of());
  }

  private static Point point(Instant start, Instant end, long value) {
    return new Point(start, end, new Int64Value(value));
  }
}
