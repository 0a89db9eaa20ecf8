package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkQueueLevelsTest {
  private static final WorkQueue DEFAULT =
      new WorkQueue(
          "k8s",
          "default",
          Optional.of(true),
          false,
          Optional.of(NOON.minusMillis(7_500)),
          Optional.empty());
  private static final WorkQueue PAUSED =
      new WorkQueue("k8s", "low", Optional.of(false), true, Optional.empty(), Optional.empty());
  private static final WorkQueue OF_AN_AGENT =
      new WorkQueue("old", "low", Optional.empty(), false, Optional.empty(), Optional.empty());

  @Test
  void whatIsDueWaitsInItsQueueAndEveryQueueHasABacklog() {
    Snapshot seen =
        new Sight()
            .queues(DEFAULT, PAUSED)
            .runs(
                run("k8s", "default", CurrentState.DUE, false, 3),
                run("k8s", "default", CurrentState.LATE, false, 300),
                run("gone", "default", CurrentState.LATE, false, 60),
                run("", "", CurrentState.LATE, false, 60))
            .snapshot();

    assertEquals(
        Map.of(
            List.of("gone", "default"), new Int64Value(1),
            List.of("k8s", "default"), new Int64Value(2),
            List.of("k8s", "low"), new Int64Value(0)),
        measured("work_queue/backlog_count", seen));
    assertEquals(
        Map.of(
            List.of("gone", "default"), new DoubleValue(60),
            List.of("k8s", "default"), new DoubleValue(300),
            List.of("k8s", "low"), new DoubleValue(0)),
        measured("work_queue/oldest_backlog_age", seen));
  }

  @ParameterizedTest
  @EnumSource(names = {"DUE", "LATE", "AWAITING_RETRY", "AWAITING_CONCURRENCY_SLOT"})
  void whatNoWorkerHasIsBacklogUnlessItStartedOnceOrIsAhead(CurrentState state) {
    Snapshot seen =
        new Sight()
            .queues(DEFAULT)
            .runs(
                run("k8s", "default", state, false, 0),
                run("k8s", "default", state, true, 9),
                run("k8s", "default", state, false, -1))
            .snapshot();

    assertEquals(
        Map.of(List.of("k8s", "default"), new Int64Value(1)),
        measured("work_queue/backlog_count", seen));
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "RUNNING", "PAUSED", "CANCELLING"})
  void whatAWorkerHasTakenIsNoBacklog(CurrentState state) {
    Snapshot seen =
        new Sight().queues(DEFAULT).runs(run("k8s", "default", state, false, 99)).snapshot();

    assertEquals(
        Map.of(List.of("k8s", "default"), new Int64Value(0)),
        measured("work_queue/backlog_count", seen));
  }

  @Test
  void aQueueThatWasNeverPolledHasNoAge() {
    assertEquals(
        Map.of(List.of("k8s", "default"), new DoubleValue(7.5)),
        measured("work_queue/last_poll_age", new Sight().queues(DEFAULT, PAUSED).snapshot()));
  }

  @Test
  void aQueueIsReadyOrPausedOrNothingIsKnownOfIt() {
    Snapshot seen = new Sight().queues(DEFAULT, PAUSED, OF_AN_AGENT).snapshot();

    assertEquals(
        Map.of(
            List.of("k8s", "default"), new Int64Value(1), List.of("k8s", "low"), new Int64Value(0)),
        measured("work_queue/ready", seen));
    assertEquals(
        Map.of(
            List.of("k8s", "default"), new Int64Value(0),
            List.of("k8s", "low"), new Int64Value(1),
            List.of("old", "low"), new Int64Value(0)),
        measured("work_queue/paused", seen));
  }

  @Test
  void backlogNeedsRunsAndPollsNeedQueues() {
    Snapshot queuesOnly = new Sight().queues(DEFAULT).snapshot();
    Snapshot runsOnly =
        new Sight().runs(run("k8s", "default", CurrentState.LATE, false, 60)).snapshot();

    assertEquals(Map.of(), measured("work_queue/backlog_count", queuesOnly));
    assertEquals(Map.of(), measured("work_queue/oldest_backlog_age", queuesOnly));
    assertEquals(
        Map.of(List.of("k8s", "default"), new Int64Value(1)),
        measured("work_queue/backlog_count", runsOnly));
    assertEquals(Map.of(), measured("work_queue/last_poll_age", runsOnly));
  }

  @Test
  void namesBecomeLabelValues() {
    var odd =
        new WorkQueue(
            "a\nb", "c\td", Optional.of(true), false, Optional.of(NOON), Optional.empty());
    Snapshot seen = new Sight().queues(odd).runs().snapshot();

    assertEquals(
        Map.of(List.of("a b", "c d"), new Int64Value(0)),
        measured("work_queue/backlog_count", seen));
    assertEquals(
        Map.of(List.of("a b", "c d"), new DoubleValue(0)),
        measured("work_queue/last_poll_age", seen));
  }

  private static CurrentRun run(
      String pool, String queue, CurrentState state, boolean started, long overdue) {
    Instant due = NOON.minus(Duration.ofSeconds(overdue));
    return new CurrentRun(pool, queue, "", state, started, due, NOON);
  }
}
