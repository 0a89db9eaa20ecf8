package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.FIVE;
import static io.github.prefectgcm.catalog.SmallWorkspace.INVENTORY;
import static io.github.prefectgcm.catalog.SmallWorkspace.NEXT;
import static io.github.prefectgcm.catalog.SmallWorkspace.NIGHTLY;
import static io.github.prefectgcm.catalog.SmallWorkspace.NIGHTLY_DEPLOYMENT;
import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.TEN;
import static io.github.prefectgcm.catalog.SmallWorkspace.TRAIN;
import static io.github.prefectgcm.catalog.SmallWorkspace.TRAIN_DEPLOYMENT;
import static io.github.prefectgcm.catalog.SmallWorkspace.WINDOW;
import static io.github.prefectgcm.catalog.SmallWorkspace.run;
import static io.github.prefectgcm.catalog.SmallWorkspace.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final int MANY = 2_000;
  private static final Series COMPLETED =
      series("flow_run/finished_count", "etl", "nightly", "k8s", "completed");
  private static final Series FAILED =
      series("flow_run/finished_count", "etl", "nightly", "k8s", "failed");
  private static final Series STREAK = series("deployment/consecutive_failures", "etl", "nightly");
  private static final Series SINCE_SUCCESS =
      series("deployment/time_since_last_success", "etl", "nightly");
  private static final Series TRAIN_STREAK =
      series("deployment/consecutive_failures", "ml", "train");
  private static final Series TRAIN_SINCE_SUCCESS =
      series("deployment/time_since_last_success", "ml", "train");

  @Test
  void everyKnownDeploymentAndPoolIsFilledWithZeros() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);

    var expected = new LinkedHashMap<Series, Value>();
    for (Origin origin : List.of(NIGHTLY, TRAIN)) {
      for (String state : List.of("completed", "failed", "crashed", "cancelled")) {
        expected.put(
            series(
                "flow_run/finished_count",
                origin.flowName(),
                origin.deploymentName(),
                origin.workPoolName(),
                state),
            new Int64Value(0));
      }
      expected.put(
          series(
              "flow_run/run_time",
              origin.flowName(),
              origin.deploymentName(),
              origin.workPoolName()),
          new DoubleValue(0));
    }
    for (String pool : List.of("", "gpu", "k8s")) {
      expected.put(series("flow_run/never_started_count", pool), new Int64Value(0));
      for (String state : List.of("completed", "failed", "crashed", "cancelled")) {
        expected.put(
            series("flow_run/execution_times", state, pool),
            DistributionValue.empty(Counters.TIMES));
      }
    }
    assertEquals(expected, changes(fold, WINDOW, tally(Map.of())));
    assertEquals(0, fold.zerosLeftOut());
  }

  @Test
  void withoutAnInventoryThereAreNoZeros() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.empty(), MANY);

    assertEquals(Map.of(), changes(fold, WINDOW, tally(Map.of())));
    assertEquals(0, fold.zerosLeftOut());
    assertEquals(List.of(), fold.strangers());
  }

  @Test
  void maxSeriesBoundsTheZerosButNeverARun() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), 1);
    RunTally tally = tally(Map.of(), run(TRAIN, FinalState.FAILED, 2, 10));

    assertEquals(
        Map.of(
            COMPLETED,
            new Int64Value(0),
            series("flow_run/finished_count", "ml", "train", "gpu", "failed"),
            new Int64Value(1),
            series("flow_run/run_time", "etl", "nightly", "k8s"),
            new DoubleValue(0),
            series("flow_run/run_time", "ml", "train", "gpu"),
            new DoubleValue(2),
            series("flow_run/never_started_count", ""),
            new Int64Value(0),
            series("flow_run/execution_times", "completed", ""),
            DistributionValue.empty(Counters.TIMES),
            series("flow_run/execution_times", "failed", "gpu"),
            DistributionValue.of(Counters.TIMES, 2)),
        changes(fold, WINDOW, tally));
    // Three pools, none of them among them, by four states, less one.
    assertEquals(11, fold.zerosLeftOut());
  }

  @Test
  void zerosAreLeftOutOnlyBeyondMaxSeries() {
    assertEquals(
        0, new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), 12).zerosLeftOut());
    assertEquals(
        1, new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), 11).zerosLeftOut());
  }

  @Test
  void aSeriesWithABaseGoesOnWithoutRuns() {
    Series adhoc = series("flow_run/finished_count", "adhoc", "", "", "failed");
    var ledger =
        new Ledger(Map.of(adhoc, new Point(NOON.minusSeconds(9), NOON, new Int64Value(3))));

    assertEquals(
        new Int64Value(0),
        changes(new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY), WINDOW, tally(Map.of()))
            .get(adhoc));
  }

  @Test
  void aSeriesWhosePointIsOlderThanTheWindowDoesNot() {
    Series adhoc = series("flow_run/finished_count", "adhoc", "", "", "failed");
    var ledger =
        new Ledger(
            Map.of(adhoc, new Point(NOON.minusSeconds(9), NOON.minusMillis(1), new Int64Value(3))));

    assertFalse(
        changes(new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY), WINDOW, tally(Map.of()))
            .containsKey(adhoc));
  }

  @Test
  void seriesOfWhatIsGoneStopUnlessRunsComeInLate() {
    Series gone = series("flow_run/finished_count", "etl", "weekly", "k8s", "failed");
    Series late = series("flow_run/finished_count", "etl", "(deleted)", "k8s", "failed");
    Point point = new Point(NOON.minusSeconds(9), NOON, new Int64Value(3));
    var ledger = new Ledger(Map.of(gone, point, late, point));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);
    RunTally tally =
        tally(Map.of(), run(new Origin("etl", "(deleted)", "k8s"), FinalState.FAILED, 1, 10));

    Map<Series, Value> changes = changes(fold, WINDOW, tally);

    assertFalse(changes.containsKey(gone));
    assertEquals(new Int64Value(1), changes.get(late));
  }

  @Test
  void aRunOfADeploymentThatIsGoneIsCountedAllTheSame() {
    Series gone = series("flow_run/finished_count", "etl", "weekly", "k8s", "failed");
    Point point = new Point(NOON.minusSeconds(9), NOON, new Int64Value(3));
    var fold = new FinishedRunFold(new Ledger(Map.of(gone, point)), Optional.of(INVENTORY), MANY);
    RunTally tally =
        tally(Map.of(), run(new Origin("etl", "weekly", "k8s"), FinalState.FAILED, 1, 10));

    assertEquals(new Int64Value(1), changes(fold, WINDOW, tally).get(gone));
  }

  @Test
  void aSeriesEndsWithThePairOfDeploymentAndPoolUnlessARunOfItComesIn() {
    Series left = series("flow_run/finished_count", "etl", "nightly", "gpu", "failed");
    Series old = series("flow_run/finished_count", "etl", "nightly", "gone", "failed");
    Point point = new Point(NOON.minusSeconds(9), NOON, new Int64Value(3));
    var ledger = new Ledger(Map.of(left, point, old, point, COMPLETED, point));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);

    Map<Series, Value> quiet = changes(fold, WINDOW, tally(Map.of()));
    Map<Series, Value> busy =
        changes(
            fold,
            WINDOW,
            tally(Map.of(), run(new Origin("etl", "nightly", "gpu"), FinalState.FAILED, 1, 10)));

    assertFalse(quiet.containsKey(left));
    assertFalse(quiet.containsKey(old));
    assertEquals(new Int64Value(0), quiet.get(COMPLETED));
    assertEquals(new Int64Value(1), busy.get(left));
    assertFalse(busy.containsKey(old));
  }

  @Test
  void withoutAnInventoryNothingIsDropped() {
    Series unheardOf = series("flow_run/finished_count", "x", "y", "z", "failed");
    Series streak = series("deployment/consecutive_failures", "x", "y");
    var ledger =
        new Ledger(
            Map.of(
                unheardOf,
                new Point(NOON.minusSeconds(9), NOON, new Int64Value(3)),
                streak,
                Point.at(NOON, new Int64Value(2))));
    var fold = new FinishedRunFold(ledger, Optional.empty(), MANY);

    assertEquals(Map.of(unheardOf, new Int64Value(0)), changes(fold, WINDOW, tally(Map.of())));
    assertEquals(
        List.of(new Sample(streak, Point.at(FIVE, new Int64Value(2)))),
        fold.gauges(WINDOW, tally(Map.of())));
  }

  @Test
  void theGaugesOfADeploymentThatIsGoneStop() {
    var ledger =
        new Ledger(
            Map.of(
                series("deployment/consecutive_failures", "etl", "weekly"),
                Point.at(NOON, new Int64Value(2)),
                STREAK,
                Point.at(NOON, new Int64Value(1))));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);

    assertEquals(
        List.of(new Sample(STREAK, Point.at(FIVE, new Int64Value(1)))),
        fold.gauges(WINDOW, tally(Map.of())));
  }

  @Test
  void deploymentsOfWhichNothingIsKnownAreStrangersBeforeThoseHalfKnown() {
    var ledger = new Ledger(Map.of(STREAK, Point.at(NOON, new Int64Value(0))));

    assertEquals(
        List.of(TRAIN_DEPLOYMENT, NIGHTLY_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY).strangers());
  }

  @Test
  void knownDeploymentsAreNoStrangers() {
    var ledger =
        new Ledger(
            Map.of(
                STREAK,
                Point.at(NOON, new Int64Value(0)),
                SINCE_SUCCESS,
                Point.at(NOON, new DoubleValue(9))));

    assertEquals(
        List.of(TRAIN_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY).strangers());
  }

  @Test
  void aStreakWithoutALastSuccessSaysThatThereNeverWasOne() {
    var ledger =
        new Ledger(
            Map.of(
                STREAK,
                Point.at(NOON, new Int64Value(4)),
                COMPLETED,
                counted(0),
                FAILED,
                counted(4)));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);

    assertEquals(List.of(TRAIN_DEPLOYMENT), fold.strangers());
    assertEquals(
        Map.of(STREAK, at(FIVE, new Int64Value(4))), gauges(fold, WINDOW, tally(Map.of())));
    assertEquals(
        Map.of(STREAK, at(TEN, new Int64Value(0)), SINCE_SUCCESS, at(TEN, new DoubleValue(200))),
        gauges(fold, NEXT, tally(Map.of(), completed(NOON.plusSeconds(400)))));
  }

  /** Its first point may not be readable yet. */
  @Test
  void aSuccessThatWasCountedIsAskedForAgain() {
    var ledger =
        new Ledger(Map.of(STREAK, Point.at(NOON, new Int64Value(0)), COMPLETED, counted(1)));

    assertEquals(
        List.of(TRAIN_DEPLOYMENT, NIGHTLY_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY).strangers());
  }

  @Test
  void aStreakSaysNothingWhereTheCompletedRunsAreNotShown() {
    var ledger = new Ledger(Map.of(STREAK, Point.at(NOON, new Int64Value(0)), FAILED, counted(4)));

    assertEquals(
        List.of(TRAIN_DEPLOYMENT, NIGHTLY_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY).strangers());
  }

  @Test
  void whereMaxSeriesLeavesOutTheZerosNoCompletedRunIsZero() {
    var ledger = new Ledger(Map.of(TRAIN_STREAK, Point.at(NOON, new Int64Value(0))));

    assertEquals(
        List.of(NIGHTLY_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), 4).strangers());
    assertEquals(
        List.of(NIGHTLY_DEPLOYMENT, TRAIN_DEPLOYMENT),
        new FinishedRunFold(ledger, Optional.of(INVENTORY), 5).strangers());
  }

  @Test
  void completedRunsOfTheFormerPoolCountToo() {
    Series former = series("flow_run/finished_count", "etl", "nightly", "former", "completed");
    Map<Series, Point> read = Map.of(STREAK, Point.at(NOON, new Int64Value(4)), former, counted(0));

    assertEquals(
        List.of(TRAIN_DEPLOYMENT),
        new FinishedRunFold(new Ledger(read), Optional.of(INVENTORY), MANY).strangers());
  }

  /** The metric may be new, or refused for its descriptor: then its absence says nothing. */
  @Test
  void noStreakSaysAnythingWhereALastSuccessIsMissingThatHasToBeThere() {
    Series completed = series("flow_run/finished_count", "ml", "train", "gpu", "completed");
    Map<Series, Point> read =
        Map.of(
            STREAK,
            Point.at(NOON, new Int64Value(4)),
            COMPLETED,
            counted(0),
            TRAIN_STREAK,
            Point.at(NOON, new Int64Value(0)),
            completed,
            counted(7));
    var shown = new HashMap<>(read);
    shown.put(TRAIN_SINCE_SUCCESS, Point.at(NOON, new DoubleValue(9)));

    assertEquals(
        List.of(NIGHTLY_DEPLOYMENT, TRAIN_DEPLOYMENT),
        new FinishedRunFold(new Ledger(read), Optional.of(INVENTORY), MANY).strangers());
    assertEquals(
        List.of(),
        new FinishedRunFold(new Ledger(shown), Optional.of(INVENTORY), MANY).strangers());
  }

  /** A request that is applied in part leaves no streak alone. */
  @Test
  void theLastSuccessIsWrittenBeforeTheStreak() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);
    fold.learn(Map.of(NIGHTLY_DEPLOYMENT, new Outcomes(Optional.of(NOON), 2)), NOON);

    assertEquals(
        List.of(SINCE_SUCCESS, STREAK),
        fold.gauges(WINDOW, tally(Map.of())).stream().map(Sample::series).toList());
  }

  private static Point counted(long runs) {
    return new Point(NOON.minusSeconds(300), NOON, new Int64Value(runs));
  }

  @Test
  void whatIsLearntOfAStrangerIsContinuedOverTheWindows() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);
    fold.learn(
        Map.of(NIGHTLY_DEPLOYMENT, new Outcomes(Optional.of(NOON.minusSeconds(60)), 2)), NOON);

    assertEquals(
        Map.of(STREAK, at(FIVE, new Int64Value(3)), SINCE_SUCCESS, at(FIVE, new DoubleValue(360))),
        gauges(fold, WINDOW, tally(Map.of(), run(NIGHTLY, FinalState.FAILED, 1, 10))));
    assertEquals(
        Map.of(
            STREAK,
            at(TEN, new Int64Value(0)),
            SINCE_SUCCESS,
            at(TEN, new DoubleValue(199.999999))),
        gauges(fold, NEXT, tally(Map.of(), completed(NOON.plusSeconds(400).plusNanos(1_000)))));
    assertEquals(List.of(TRAIN_DEPLOYMENT), fold.strangers());
  }

  @Test
  void withoutAnySuccessEverThereIsNoTimeSinceIt() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);
    fold.learn(Map.of(TRAIN_DEPLOYMENT, new Outcomes(Optional.empty(), 4)), NOON);

    assertEquals(
        Map.of(TRAIN_STREAK, at(FIVE, new Int64Value(4))), gauges(fold, WINDOW, tally(Map.of())));
  }

  @Test
  void whatIsLearntDoesNotReplaceWhatTheLedgerShows() {
    var ledger = new Ledger(Map.of(STREAK, Point.at(NOON, new Int64Value(5))));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);

    fold.learn(Map.of(NIGHTLY_DEPLOYMENT, new Outcomes(Optional.of(NOON), 0)), NOON);

    assertEquals(
        Map.of(STREAK, at(FIVE, new Int64Value(5)), SINCE_SUCCESS, at(FIVE, new DoubleValue(300))),
        gauges(fold, WINDOW, tally(Map.of())));
  }

  @Test
  void aStrangerOfWhomNothingIsLearntIsNotWrittenUntilASuccessTellsAll() {
    var fold = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);

    assertEquals(
        Map.of(), gauges(fold, WINDOW, tally(Map.of(), run(TRAIN, FinalState.FAILED, 1, 10))));
    assertEquals(
        Map.of(
            TRAIN_STREAK,
            at(TEN, new Int64Value(1)),
            TRAIN_SINCE_SUCCESS,
            at(TEN, new DoubleValue(200))),
        gauges(
            fold,
            NEXT,
            tally(
                Map.of(),
                run(TRAIN, FinalState.FAILED, 1, 500),
                run(TRAIN, FinalState.COMPLETED, 1, 400))));
  }

  @Test
  void aGaugeGoesOnFromItsLastPoint() {
    var ledger =
        new Ledger(
            Map.of(
                STREAK,
                Point.at(NOON, new Int64Value(1)),
                SINCE_SUCCESS,
                Point.at(NOON, new DoubleValue(86400.000001))));
    var fold = new FinishedRunFold(ledger, Optional.of(INVENTORY), MANY);

    assertEquals(
        Map.of(
            STREAK,
            at(FIVE, new Int64Value(2)),
            SINCE_SUCCESS,
            at(FIVE, new DoubleValue(86700.000001))),
        gauges(fold, WINDOW, tally(Map.of(), run(NIGHTLY, FinalState.CRASHED, 1, 10))));
  }

  @Test
  void aGaugeGoesOnFromTheMiddleOfAWindow() {
    Map<Series, Point> read = Map.of(STREAK, Point.at(NOON.plusSeconds(60), new Int64Value(1)));
    var fold = new FinishedRunFold(new Ledger(read), Optional.of(INVENTORY), MANY);
    RunTally tally =
        tally(read, run(NIGHTLY, FinalState.FAILED, 1, 61), run(NIGHTLY, FinalState.FAILED, 1, 60));

    assertEquals(Map.of(STREAK, at(FIVE, new Int64Value(2))), gauges(fold, WINDOW, tally));
  }

  @Test
  void aGaugeThatReachesTheWindowsEndIsNotWrittenAgain() {
    Map<Series, Point> read = Map.of(STREAK, Point.at(FIVE, new Int64Value(1)));
    var fold = new FinishedRunFold(new Ledger(read), Optional.of(INVENTORY), MANY);

    assertEquals(Map.of(), gauges(fold, WINDOW, tally(read)));
    assertEquals(
        Map.of(STREAK, at(TEN, new Int64Value(2))),
        gauges(fold, NEXT, tally(read, run(NIGHTLY, FinalState.FAILED, 1, 400))));
  }

  @Test
  void aGaugeFromTheFutureStaysAsItIs() {
    Map<Series, Point> read = Map.of(STREAK, Point.at(TEN.plusMillis(1), new Int64Value(1)));
    var fold = new FinishedRunFold(new Ledger(read), Optional.of(INVENTORY), MANY);

    assertEquals(Map.of(), gauges(fold, WINDOW, tally(read)));
    assertEquals(Map.of(), gauges(fold, NEXT, tally(read)));
  }

  @Test
  void windowsFoldedOneByOneAddUpToOneFoldedAtOnce() {
    var runs =
        List.of(
            run(NIGHTLY, FinalState.FAILED, 1, 590),
            run(NIGHTLY, FinalState.COMPLETED, 1, 310),
            run(NIGHTLY, FinalState.FAILED, 1, 290),
            run(NIGHTLY, FinalState.FAILED, 1, 10));
    var past = Map.of(NIGHTLY_DEPLOYMENT, new Outcomes(Optional.of(NOON), 1));
    var stepwise = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);
    stepwise.learn(past, NOON);
    var atOnce = new FinishedRunFold(new Ledger(Map.of()), Optional.of(INVENTORY), MANY);
    atOnce.learn(past, NOON);

    assertEquals(2, gauges(stepwise, WINDOW, within(WINDOW, runs)).size());
    assertEquals(
        gauges(atOnce, new Window(NOON, TEN), within(new Window(NOON, TEN), runs)),
        gauges(stepwise, NEXT, within(NEXT, runs)));
  }

  @Test
  void anEmptyInventoryKnowsThatAllIsGone() {
    var ledger =
        new Ledger(
            Map.of(
                COMPLETED,
                new Point(NOON.minusSeconds(9), NOON, new Int64Value(3)),
                STREAK,
                Point.at(NOON, new Int64Value(2))));
    var fold =
        new FinishedRunFold(
            ledger, Optional.of(new Inventory(List.of(), Set.of(), List.of())), MANY);

    assertFalse(changes(fold, WINDOW, tally(Map.of())).containsKey(COMPLETED));
    assertEquals(Map.of(), gauges(fold, WINDOW, tally(Map.of())));
  }

  private static RunTally within(Window window, List<FinishedRun> runs) {
    return tally(
        Map.of(),
        runs.stream().filter(run -> window.contains(run.endTime())).toArray(FinishedRun[]::new));
  }

  private static FinishedRun completed(Instant end) {
    FinishedRun run = run(NIGHTLY, FinalState.COMPLETED, 1, 0);
    return new FinishedRun(run.origin(), run.state(), run.runCount(), run.runTime(), end);
  }

  private static RunTally tally(Map<Series, Point> ledger, FinishedRun... runs) {
    return new RunTally(new Ledger(ledger), List.of(runs));
  }

  private static Map<Series, Value> changes(FinishedRunFold fold, Window window, RunTally tally) {
    var changes = new LinkedHashMap<Series, Value>();
    for (Increment change : fold.changes(window, tally)) {
      assertFalse(changes.containsKey(change.series()), () -> change + " comes twice");
      changes.put(change.series(), change.since());
    }
    return changes;
  }

  private static Map<Series, Point> gauges(FinishedRunFold fold, Window window, RunTally tally) {
    var gauges = new LinkedHashMap<Series, Point>();
    fold.gauges(window, tally).forEach(each -> gauges.put(each.series(), each.point()));
    return gauges;
  }

  private static Point at(Instant time, Value value) {
    return Point.at(time, value);
  }
}
