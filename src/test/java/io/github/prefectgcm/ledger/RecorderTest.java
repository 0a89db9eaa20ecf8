package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One stretch of time is from FIVE to TEN past noon. */
class RecorderTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(300);
  private static final Instant SEVEN = NOON.plusSeconds(420);
  private static final Instant TEN = NOON.plusSeconds(600);
  private static final Instant FIFTEEN = NOON.plusSeconds(900);
  private static final Instant NOW = NOON.plusSeconds(1000);

  private static final Metric RUNS = metric("runs", Kind.CUMULATIVE);
  private static final Metric CRASHES = metric("crashes", Kind.CUMULATIVE);
  private static final Metric STREAK = metric("streak", Kind.GAUGE);
  private static final Series ETL = new Series(RUNS, List.of("etl"));
  private static final Series ML = new Series(RUNS, List.of("ml"));

  private final OrderedStore store = new OrderedStore();

  @Test
  void aSeriesWithoutABaseStartsAMillisecondAfterTheStretch() throws Exception {
    WindowResult recorded = record(Map.of(), change(ETL, 3));

    assertEquals(whole(1), recorded);
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 3)), store.last(ETL));
  }

  @Test
  void aSeriesWithABaseContinuesItWithTheSameStart() throws Exception {
    store.with(ETL, point(NOON, FIVE, 4));

    WindowResult recorded = record(Map.of(ETL, point(NOON, FIVE, 4)), change(ETL, 3));

    assertEquals(whole(1), recorded);
    assertEquals(Optional.of(point(NOON, TEN, 7)), store.last(ETL));
  }

  @Test
  void aBaseFromTheMiddleOfTheStretchIsContinuedToo() throws Exception {
    store.with(ETL, point(NOON, SEVEN, 4));

    WindowResult recorded = record(Map.of(ETL, point(NOON, SEVEN, 4)), change(ETL, 3));

    assertEquals(whole(1), recorded);
    assertEquals(Optional.of(point(NOON, TEN, 7)), store.last(ETL));
  }

  @Test
  void aBaseFromBeforeTheStretchDoesNotCount() throws Exception {
    Point old = point(NOON.minusSeconds(60), FIVE.minusMillis(1), 4);
    store.with(ETL, old);

    WindowResult recorded = record(Map.of(ETL, old), change(ETL, 3));

    assertEquals(whole(1), recorded);
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 3)), store.last(ETL));
  }

  @Test
  void aSeriesThatReachesTheEndNeedsNothing() throws Exception {
    WindowResult recorded = record(Map.of(ETL, point(NOON, TEN, 4)), change(ETL, 3));

    assertEquals(whole(0), recorded);
    assertEquals(List.of(), store.writes);
  }

  @Test
  void theNextStretchBuildsUponWhatWasAccepted() throws Exception {
    var recorder = new Recorder(store, new Ledger(Map.of()), NOW);

    recorder.record(FIVE, TEN, List.of(change(ETL, 3)), List.of());
    recorder.record(TEN, FIFTEEN, List.of(change(ETL, 2)), List.of());

    assertEquals(Optional.of(point(FIVE.plusMillis(1), FIFTEEN, 5)), store.last(ETL));
  }

  @Test
  void whatARunCanMoveBetweenIsOneGroup() throws Exception {
    Series calm = new Series(CRASHES, List.of("etl"));
    Sample gauge = gauge("etl", 2);

    WindowResult recorded =
        new Recorder(store, new Ledger(Map.of()), NOW)
            .record(
                FIVE, TEN, List.of(change(ETL, 3), change(calm, 0), change(ML, 0)), List.of(gauge));

    assertEquals(whole(4), recorded);
    assertEquals(
        List.of(
            List.of(
                new Sample(ETL, point(FIVE.plusMillis(1), TEN, 3)),
                new Sample(ML, point(FIVE.plusMillis(1), TEN, 0))),
            List.of(new Sample(calm, point(FIVE.plusMillis(1), TEN, 0))),
            List.of(gauge)),
        store.groups);
  }

  @Test
  void aRefusedContinuationIsTriedAgainAsANewStart() throws Exception {
    // Somebody started the series anew, with an older end.
    store.with(ETL, point(NOON.plusMillis(1), FIVE, 1));

    WindowResult recorded = record(Map.of(ETL, point(NOON, FIVE, 4)), change(ETL, 3));

    assertEquals(whole(1), recorded);
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 3)), store.last(ETL));
    assertEquals(List.of(), store.reads);
  }

  @Test
  void afterASecondTryTheNextStretchBuildsUponIt() throws Exception {
    store.with(ETL, point(NOON.plusMillis(1), FIVE, 1));
    var recorder = new Recorder(store, new Ledger(Map.of(ETL, point(NOON, FIVE, 4))), NOW);

    recorder.record(FIVE, TEN, List.of(change(ETL, 3)), List.of());
    recorder.record(TEN, FIFTEEN, List.of(change(ETL, 2)), List.of());

    assertEquals(Optional.of(point(FIVE.plusMillis(1), FIFTEEN, 5)), store.last(ETL));
  }

  @Test
  void refusedTwiceItIsLookedUpAndConfirmed() throws Exception {
    store.with(ETL, point(NOON.plusMillis(1), TEN, 9));
    var recorder = new Recorder(store, new Ledger(Map.of(ETL, point(NOON, FIVE, 4))), NOW);

    WindowResult first = recorder.record(FIVE, TEN, List.of(change(ETL, 3)), List.of());
    WindowResult second = recorder.record(TEN, FIFTEEN, List.of(change(ETL, 2)), List.of());

    assertEquals(whole(0), first);
    assertEquals(List.of(RUNS), store.reads);
    assertEquals(whole(1), second);
    assertEquals(Optional.of(point(NOON.plusMillis(1), FIFTEEN, 11)), store.last(ETL));
  }

  @Test
  void aSeriesWithoutABaseIsLookedUpAtOnce() throws Exception {
    store.with(ETL, point(NOON, TEN, 9));

    WindowResult recorded = record(Map.of(), change(ETL, 3));

    assertEquals(whole(0), recorded);
    assertEquals(1, store.writes.size());
    assertEquals(List.of(RUNS), store.reads);
  }

  @Test
  void aBaseRightBeforeTheEndLeavesNoRoomForASecondTry() throws Exception {
    Instant last = TEN.minusMillis(1);
    store.with(ETL, point(NOON.plusMillis(1), TEN, 9));

    WindowResult recorded = record(Map.of(ETL, point(NOON, last, 4)), change(ETL, 3));

    assertEquals(whole(0), recorded);
    assertEquals(1, store.writes.size());
  }

  @Test
  void whatCannotBeSeenIsUnsettled() throws Exception {
    store.with(ETL, point(NOON, TEN, 9)).blind();

    WindowResult recorded = record(Map.of(), change(ETL, 3));

    assertEquals(new WindowResult(0, List.of(), Map.of(), Set.of(ETL)), recorded);
    assertFalse(recorded.isWhole());
  }

  @Test
  void aPointInsideTheStretchConfirmsNothing() throws Exception {
    store.with(ETL, point(NOON, SEVEN, 9));

    WindowResult recorded = record(Map.of(), change(ETL, 3));

    assertEquals(new WindowResult(0, List.of(), Map.of(), Set.of(ETL)), recorded);
  }

  @Test
  void aPointBeyondTheStretchConfirmsItAndSettlesOnlyWhatItReaches() throws Exception {
    // A lagging ledger; the other execution had another PERIOD.
    Instant twelve = NOON.plusSeconds(720);
    store.with(ETL, point(NOON, twelve, 9));
    var recorder = new Recorder(store, new Ledger(Map.of()), NOW);

    WindowResult first = recorder.record(FIVE, TEN, List.of(change(ETL, 3)), List.of());
    WindowResult second = recorder.record(TEN, FIFTEEN, List.of(change(ETL, 2)), List.of());

    assertEquals(whole(0), first);
    // The tally of the second stretch does not know which of its runs are in that point.
    assertEquals(new WindowResult(0, List.of(), Map.of(), Set.of(ETL)), second);
    assertEquals(Optional.of(point(NOON, twelve, 9)), store.last(ETL));
  }

  @Test
  void aMetricIsReadOnceForAllItsSeries() throws Exception {
    store.with(ETL, point(NOON, TEN, 9)).with(ML, point(NOON, TEN, 9));

    WindowResult recorded = record(Map.of(), change(ETL, 3), change(ML, 1));

    assertEquals(whole(0), recorded);
    assertEquals(List.of(RUNS), store.reads);
  }

  @Test
  void aPoisonPointHarmsNeitherItsNeighboursNorTheStretch() throws Exception {
    store.poisoned(ETL, Refusal.Reason.INVALID);

    WindowResult recorded = record(Map.of(), change(ETL, 3), change(ML, 1));

    assertEquals(
        new WindowResult(1, List.of(refusal(ETL, 3, Refusal.Reason.INVALID)), Map.of(), Set.of()),
        recorded);
    assertTrue(recorded.isWhole());
    assertEquals(Optional.of(point(FIVE.plusMillis(1), TEN, 1)), store.last(ML));
  }

  @Test
  void aRejectedPointIsNotBuiltUpon() throws Exception {
    var recorder = new Recorder(store, new Ledger(Map.of()), NOW);
    store.poisoned(ETL, Refusal.Reason.INVALID);
    recorder.record(FIVE, TEN, List.of(change(ETL, 3)), List.of());

    recorder.record(TEN, FIFTEEN, List.of(change(ETL, 2)), List.of());

    assertEquals(
        List.of(new Sample(ETL, point(TEN.plusMillis(1), FIFTEEN, 2))), store.writes.getLast());
  }

  @Test
  void theOnlySeriesOfACounterMayBePoison() throws Exception {
    store.poisoned(ETL, Refusal.Reason.INVALID);

    assertEquals(
        new WindowResult(0, List.of(refusal(ETL, 3, Refusal.Reason.INVALID)), Map.of(), Set.of()),
        record(Map.of(), change(ETL, 3)));
  }

  @Test
  void aCounterWhoseEverySeriesIsRejectedIsAMisfit() throws Exception {
    store.poisoned(ETL, Refusal.Reason.INVALID).poisoned(ML, Refusal.Reason.INVALID);

    WindowResult recorded = record(Map.of(), change(ETL, 3), change(ML, 1));

    Refusal first = refusal(ETL, 3, Refusal.Reason.INVALID);
    assertEquals(
        new WindowResult(
            0,
            List.of(first, refusal(ML, 1, Refusal.Reason.INVALID)),
            Map.of(RUNS, first),
            Set.of()),
        recorded);
    assertTrue(recorded.isWhole(), "the other counters go on");
  }

  @Test
  void rejectedPointsBesideASettledSeriesAreNoMisfit() throws Exception {
    Series settled = new Series(RUNS, List.of("reports"));
    store.poisoned(ETL, Refusal.Reason.INVALID).poisoned(ML, Refusal.Reason.INVALID);

    WindowResult recorded =
        record(
            Map.of(settled, point(NOON, TEN, 4)),
            change(settled, 0),
            change(ETL, 3),
            change(ML, 1));

    assertEquals(
        new WindowResult(
            0,
            List.of(
                refusal(ETL, 3, Refusal.Reason.INVALID), refusal(ML, 1, Refusal.Reason.INVALID)),
            Map.of(),
            Set.of()),
        recorded);
    assertTrue(recorded.isWhole());
  }

  @Test
  void theOnlySeriesOfACounterIsAMisfitIfItsDescriptorIsAnother() throws Exception {
    store.poisoned(ETL, Refusal.Reason.DESCRIPTOR);

    WindowResult recorded = record(Map.of(), change(ETL, 3));

    Refusal refusal = refusal(ETL, 3, Refusal.Reason.DESCRIPTOR);
    assertEquals(new WindowResult(0, List.of(refusal), Map.of(RUNS, refusal), Set.of()), recorded);
  }

  @Test
  void aGaugeIsNeverAMisfit() throws Exception {
    Sample one = gauge("etl", 1);
    Sample other = gauge("ml", 1);
    store
        .poisoned(one.series(), Refusal.Reason.DESCRIPTOR)
        .poisoned(other.series(), Refusal.Reason.DESCRIPTOR);

    WindowResult recorded =
        new Recorder(store, new Ledger(Map.of()), NOW)
            .record(FIVE, TEN, List.of(), List.of(one, other));

    assertEquals(
        new WindowResult(
            0,
            List.of(
                new Refusal(one, Refusal.Reason.DESCRIPTOR, "no"),
                new Refusal(other, Refusal.Reason.DESCRIPTOR, "no")),
            Map.of(),
            Set.of()),
        recorded);
    assertTrue(recorded.isWhole());
  }

  @Test
  void aGaugeThatIsNotNewerNeedsNothing() throws Exception {
    Sample gauge = gauge("etl", 1);
    store.with(gauge.series(), Point.at(TEN, new Int64Value(5)));

    WindowResult recorded =
        new Recorder(store, new Ledger(Map.of()), NOW).record(FIVE, TEN, List.of(), List.of(gauge));

    assertEquals(whole(0), recorded);
    assertEquals(1, store.writes.size());
    assertEquals(List.of(), store.reads);
  }

  @Test
  void aSecondTryCanBeRejectedForGood() throws Exception {
    PointStore fickle =
        new PointStore() {
          private int calls;

          @Override
          public Optional<Point> newest(Series series, Instant since, Instant until) {
            throw new AssertionError("read " + series);
          }

          @Override
          public Map<Series, Point> newest(Metric metric, Instant since, Instant until) {
            throw new AssertionError("read " + metric);
          }

          @Override
          public List<Refusal> writeGroups(List<List<Sample>> groups) {
            List<Sample> samples = groups.stream().flatMap(List::stream).toList();
            Refusal.Reason reason =
                calls++ == 0 ? Refusal.Reason.NOT_NEWER : Refusal.Reason.INVALID;
            return samples.stream().map(sample -> new Refusal(sample, reason, "no")).toList();
          }

          @Override
          public void close() {}
        };

    WindowResult recorded =
        new Recorder(fickle, new Ledger(Map.of(ETL, point(NOON, FIVE, 4))), NOW)
            .record(FIVE, TEN, List.of(change(ETL, 3)), List.of());

    assertEquals(
        new WindowResult(0, List.of(refusal(ETL, 3, Refusal.Reason.INVALID)), Map.of(), Set.of()),
        recorded);
  }

  @Test
  void aLookUpReachesFiveMinutesAheadOfNow() throws Exception {
    Instant ahead = NOW.plusSeconds(300);
    store.with(ETL, point(NOON, ahead, 9)).with(ML, point(NOON, ahead.plusMillis(1), 9));

    WindowResult recorded = record(Map.of(), change(ETL, 3), change(ML, 3));

    assertEquals(new WindowResult(0, List.of(), Map.of(), Set.of(ML)), recorded);
  }

  private WindowResult record(Map<Series, Point> ledger, Increment... changes)
      throws StoreException {
    return new Recorder(store, new Ledger(ledger), NOW)
        .record(FIVE, TEN, List.of(changes), List.of());
  }

  private static WindowResult whole(int written) {
    return new WindowResult(written, List.of(), Map.of(), Set.of());
  }

  private static Refusal refusal(Series series, long value, Refusal.Reason reason) {
    return new Refusal(new Sample(series, point(FIVE.plusMillis(1), TEN, value)), reason, "no");
  }

  private static Increment change(Series series, long since) {
    return new Increment(series, new Int64Value(since));
  }

  private static Sample gauge(String flow, long value) {
    return new Sample(new Series(STREAK, List.of(flow)), Point.at(TEN, new Int64Value(value)));
  }

  private static Point point(Instant start, Instant end, long value) {
    return new Point(start, end, new Int64Value(value));
  }

  private static Metric metric(String name, Kind kind) {
    return new Metric(
        name, kind, ValueType.INT64, "1", "Name", "Text.", List.of(new Label("flow", "Flow.")));
  }
}
