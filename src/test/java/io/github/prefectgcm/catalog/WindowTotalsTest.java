package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.FIVE;
import static io.github.prefectgcm.catalog.SmallWorkspace.NIGHTLY;
import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.neverStarted;
import static io.github.prefectgcm.catalog.SmallWorkspace.run;
import static io.github.prefectgcm.catalog.SmallWorkspace.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WindowTotalsTest {
  private static final Series COMPLETED =
      series("flow_run/finished_count", "etl", "nightly", "k8s", "completed");
  private static final Series FAILED =
      series("flow_run/finished_count", "etl", "nightly", "k8s", "failed");
  private static final Series RUN_TIME = series("flow_run/run_time", "etl", "nightly", "k8s");
  private static final Series STREAK = series("deployment/consecutive_failures", "etl", "nightly");
  private static final Series SINCE_SUCCESS =
      series("deployment/time_since_last_success", "etl", "nightly");

  @Test
  void runsAddToEveryCounterThatTheyBelongTo() {
    RunTally tally =
        tally(
            Map.of(),
            run(NIGHTLY, FinalState.FAILED, 4.25, 30),
            run(NIGHTLY, FinalState.COMPLETED, 1.000001, 20),
            run(NIGHTLY, FinalState.COMPLETED, 2.5, 10));

    assertEquals(
        Map.of(
            COMPLETED,
            new Int64Value(2),
            FAILED,
            new Int64Value(1),
            RUN_TIME,
            new DoubleValue(7.750001),
            series("flow_run/execution_times", "completed", "k8s"),
            DistributionValue.of(Counters.TIMES, 1.000001)
                .plus(DistributionValue.of(Counters.TIMES, 2.5)),
            series("flow_run/execution_times", "failed", "k8s"),
            DistributionValue.of(Counters.TIMES, 4.25)),
        tally.amounts());
    assertEquals(3, tally.totals().count());
  }

  @Test
  void aRunThatNeverStartedHasNoExecutionTime() {
    RunTally tally = tally(Map.of(), neverStarted(NIGHTLY, FinalState.CRASHED, 10));

    assertEquals(
        Map.of(
            series("flow_run/finished_count", "etl", "nightly", "k8s", "crashed"),
            new Int64Value(1),
            RUN_TIME,
            new DoubleValue(0),
            series("flow_run/never_started_count", "k8s"),
            new Int64Value(1)),
        tally.amounts());
  }

  @ParameterizedTest
  @EnumSource(
      value = EndReason.class,
      names = {"CONCURRENCY_LIMIT", "WITHDRAWN"})
  void whatWasCancelledBeforeAnythingWasStartedDoesNotBlameTheInfrastructure(EndReason reason) {
    FinishedRun run = neverStarted(NIGHTLY, FinalState.CANCELLED, 10);
    RunTally tally =
        tally(
            Map.of(),
            new FinishedRun(
                run.origin(), run.state(), run.runCount(), run.runTime(), run.endTime(), reason));

    assertEquals(
        Map.of(
            series("flow_run/finished_count", "etl", "nightly", "k8s", "cancelled"),
            new Int64Value(1),
            RUN_TIME,
            new DoubleValue(0)),
        tally.amounts());
  }

  @Test
  void namesBecomeLabelValues() {
    Origin origin = new Origin("e\ntl", "night\tly", "k\0s");

    RunTally tally = tally(Map.of(), run(origin, FinalState.COMPLETED, 1, 10));

    assertEquals(
        new Int64Value(1),
        tally
            .amounts()
            .get(series("flow_run/finished_count", "e tl", "night ly", "k s", "completed")));
  }

  @Test
  void whatASeriesHasCountedIsLeftOut() {
    RunTally tally =
        tally(
            Map.of(COMPLETED, new Point(NOON, NOON.plusSeconds(20), new Int64Value(8))),
            run(NIGHTLY, FinalState.COMPLETED, 1, 21),
            run(NIGHTLY, FinalState.COMPLETED, 1, 20),
            run(NIGHTLY, FinalState.COMPLETED, 1, 19));

    assertEquals(new Int64Value(1), tally.amounts().get(COMPLETED));
    // The two are written together.
    assertEquals(new DoubleValue(1), tally.amounts().get(RUN_TIME));
    assertEquals(3, tally.totals().count());
  }

  @Test
  void aSeriesThatHasCountedAllIsNotAmongTheAmounts() {
    RunTally tally =
        tally(
            Map.of(COMPLETED, new Point(NOON, FIVE, new Int64Value(8))),
            run(NIGHTLY, FinalState.COMPLETED, 1, 300));

    assertFalse(tally.amounts().containsKey(COMPLETED));
  }

  @Test
  void outcomesAreToldForEachDeployment() {
    RunTally tally =
        tally(
            Map.of(),
            run(NIGHTLY, FinalState.CRASHED, 1, 30),
            run(NIGHTLY, FinalState.FAILED, 1, 20),
            run(NIGHTLY, FinalState.COMPLETED, 1, 10));

    var outcomes = new Outcomes(Optional.of(NOON.plusSeconds(10)), 2);
    assertEquals(outcomes, tally.outcomes(STREAK));
    assertEquals(outcomes, tally.outcomes(SINCE_SUCCESS));
  }

  @Test
  void eachGaugeLeavesOutWhatItsOwnPointTellsAlready() {
    RunTally tally =
        tally(
            Map.of(STREAK, Point.at(NOON.plusSeconds(20), new Int64Value(1))),
            run(NIGHTLY, FinalState.FAILED, 1, 30),
            run(NIGHTLY, FinalState.FAILED, 1, 20),
            run(NIGHTLY, FinalState.COMPLETED, 1, 10));

    assertEquals(new Outcomes(Optional.empty(), 1), tally.outcomes(STREAK));
    assertEquals(new Outcomes(Optional.of(NOON.plusSeconds(10)), 2), tally.outcomes(SINCE_SUCCESS));
  }

  /** Its past is looked up as of the window's start, whatever the counters have counted since. */
  @Test
  void aGaugeWithoutAPointTakesInTheWholeWindow() {
    RunTally tally =
        tally(
            Map.of(COMPLETED, new Point(NOON, NOON.plusSeconds(20), new Int64Value(8))),
            run(NIGHTLY, FinalState.COMPLETED, 1, 10));

    var outcomes = new Outcomes(Optional.of(NOON.plusSeconds(10)), 0);
    assertEquals(outcomes, tally.outcomes(STREAK));
    assertEquals(outcomes, tally.outcomes(SINCE_SUCCESS));
  }

  @Test
  void ofADeploymentWithoutRunsThereIsNothingToTell() {
    assertEquals(Outcomes.NONE, tally(Map.of()).outcomes(STREAK));
  }

  @ParameterizedTest
  @CsvSource({"etl, ''", "etl, (deleted)", "(deleted), nightly", "(deleted), (deleted)"})
  void runsWithoutAnExistingDeploymentCountButHaveNoOutcomes(String flow, String deployment) {
    var origin = new Origin(flow, deployment, "");

    RunTally tally = tally(Map.of(), run(origin, FinalState.FAILED, 1, 10));

    assertEquals(
        new Int64Value(1),
        tally.amounts().get(series("flow_run/finished_count", flow, deployment, "", "failed")));
    assertEquals(
        Outcomes.NONE, tally.outcomes(series("deployment/consecutive_failures", flow, deployment)));
  }

  @Test
  void secondsKeepTheirMicroseconds() {
    assertEquals(3661.000001, Counters.seconds(Duration.ofSeconds(3661, 1_000)));
    // Seconds and a fraction added up would be 496.92226900000003.
    assertEquals(496.922269, Counters.seconds(Duration.ofSeconds(496, 922_269_000)));
  }

  /** Prefect's times come from several clocks. */
  @Test
  void noTimeIsNegative() {
    Duration negative = Duration.ofSeconds(-5, 250_000_000);
    FinishedRun run = run(NIGHTLY, FinalState.FAILED, 1, 10);
    RunTally tally =
        tally(Map.of(), new FinishedRun(run.origin(), run.state(), 1, negative, run.endTime()));

    assertEquals(0, Counters.seconds(negative));
    assertEquals(new DoubleValue(0), tally.amounts().get(RUN_TIME));
    assertEquals(
        DistributionValue.of(Counters.TIMES, 0),
        tally.amounts().get(series("flow_run/execution_times", "failed", "k8s")));
  }

  @Test
  void executionTimesReachFromASecondToElevenDays() {
    assertEquals(0, Counters.TIMES.indexOf(0.999999));
    assertEquals(1, Counters.TIMES.indexOf(1));
    assertEquals(34, Counters.TIMES.indexOf(11 * 86_400));
    assertEquals(35, Counters.TIMES.indexOf(12 * 86_400));
  }

  private static RunTally tally(Map<Series, Point> ledger, FinishedRun... runs) {
    return new RunTally(new Ledger(ledger), List.of(runs));
  }
}
