package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.GPU;
import static io.github.prefectgcm.catalog.SmallWorkspace.K8S;
import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.blind;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static io.github.prefectgcm.catalog.SmallWorkspace.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelsTest {
  private static final List<String> STATES =
      List.of(
          "awaiting_concurrency_slot",
          "awaiting_retry",
          "cancelling",
          "due",
          "late",
          "paused",
          "pending",
          "running");

  private static final CurrentRun RUNNING =
      new CurrentRun(
          "k8s", "", "", CurrentState.RUNNING, true, NOON.minusSeconds(99), NOON.minusSeconds(90));
  private static final CurrentRun LATE =
      new CurrentRun(
          "old", "", "", CurrentState.LATE, false, NOON.minusSeconds(40), NOON.minusSeconds(20));

  @Test
  void whatCouldNotBeReadIsNotWritten() {
    for (String name :
        List.of(
            "flow_run/current_count",
            "flow_run/late_count",
            "flow_run/oldest_late_age",
            "flow_run/oldest_age",
            "work_pool/ready",
            "work_pool/paused",
            "work_pool/worker_count",
            "work_pool/last_heartbeat_age",
            "flow_runs_total",
            "flow_run_duration_seconds_avg",
            "exporter/collector_success",
            "exporter/data_watermark_age")) {
      assertEquals(Map.of(), measured(name, blind()), name);
    }
  }

  @Test
  void currentRunsAreCountedInEveryPoolThatExistsOrHasARunAndInNone() {
    var expected = new LinkedHashMap<List<String>, Value>();
    for (String pool : List.of("", "gpu", "k8s", "old")) {
      STATES.forEach(state -> expected.put(List.of(pool, state), new Int64Value(0)));
    }
    expected.put(List.of("k8s", "running"), new Int64Value(2));
    expected.put(List.of("old", "late"), new Int64Value(1));

    Map<List<String>, Value> measured =
        measured("flow_run/current_count", seen(List.of(K8S, GPU), RUNNING, RUNNING, LATE));

    assertEquals(expected, measured);
    assertEquals(
        new ArrayList<>(expected.keySet()), new ArrayList<>(measured.keySet()), "in order");
  }

  @Test
  void lateRunsAreCountedInEveryPool() {
    Map<List<String>, Value> measured =
        measured("flow_run/late_count", seen(List.of(K8S), RUNNING, LATE, LATE));

    assertEquals(new Int64Value(0), measured.get(List.of("", "unexplained")));
    assertEquals(new Int64Value(0), measured.get(List.of("k8s", "unexplained")));
    assertEquals(new Int64Value(2), measured.get(List.of("old", "unexplained")));
  }

  @Test
  void theLatestRunIsAsLateAsItsStartIsOverdue() {
    assertEquals(
        Map.of(
            List.of(""),
            new DoubleValue(0),
            List.of("k8s"),
            new DoubleValue(0),
            List.of("old"),
            new DoubleValue(40)),
        measured("flow_run/oldest_late_age", seen(List.of(K8S), RUNNING, LATE)));
  }

  @Test
  void theOldestRunIsAsOldAsItsStateAndOnlyPendingAndRunningAge() {
    assertEquals(
        Map.of(
            List.of("", "pending"),
            new DoubleValue(0),
            List.of("", "running"),
            new DoubleValue(0),
            List.of("k8s", "pending"),
            new DoubleValue(0),
            List.of("k8s", "running"),
            new DoubleValue(90),
            List.of("old", "pending"),
            new DoubleValue(0),
            List.of("old", "running"),
            new DoubleValue(0)),
        measured("flow_run/oldest_age", seen(List.of(K8S), RUNNING, LATE)));
  }

  @Test
  void anAgeIsNeverNegative() {
    var ahead = new CurrentRun("", "", "", CurrentState.RUNNING, true, NOON, NOON.plusSeconds(3));

    assertEquals(
        new DoubleValue(0),
        measured("flow_run/oldest_age", seen(List.of(), ahead)).get(List.of("", "running")));
  }

  @Test
  void currentRunsAreToldAlsoWhereWorkPoolsAreNotKnown() {
    Snapshot seen = new Sight().runs(LATE).snapshot();

    assertEquals(
        new Int64Value(1),
        measured("flow_run/late_count", seen).get(List.of("old", "unexplained")));
  }

  @Test
  void poolNamesBecomeLabelValues() {
    var pool = new WorkPool("a\nb", "pro\tcess", Optional.of(true), false);
    Snapshot seen = seen(List.of(pool), List.of(worker("a\nb", true, NOON)));

    assertEquals(
        Map.of(List.of("a b", "pro cess"), new Int64Value(1)), measured("work_pool/ready", seen));
    assertEquals(
        new Int64Value(1), measured("work_pool/worker_count", seen).get(List.of("a b", "online")));
    assertEquals(
        Map.of(List.of("a b"), new DoubleValue(0)), measured("work_pool/last_heartbeat_age", seen));
    assertEquals(
        new Int64Value(0),
        measured("flow_run/late_count", seen(List.of(pool))).get(List.of("a b", "pool_full")));
  }

  @Test
  void aPoolIsReadyOrNotOrNothingIsKnownOfIt() {
    var unknown = new WorkPool("agents", "prefect-agent", Optional.empty(), false);

    assertEquals(
        Map.of(
            List.of("gpu", "process"),
            new Int64Value(0),
            List.of("k8s", "kubernetes"),
            new Int64Value(1)),
        measured("work_pool/ready", seen(List.of(GPU, K8S, unknown))));
    assertEquals(
        Map.of(
            List.of("gpu", "process"),
            new Int64Value(1),
            List.of("k8s", "kubernetes"),
            new Int64Value(0),
            List.of("agents", "prefect-agent"),
            new Int64Value(0)),
        measured("work_pool/paused", seen(List.of(GPU, K8S, unknown))));
  }

  @Test
  void workersAreOnlineUntilThreeHeartbeatsDidNotCome() {
    assertEquals(
        Map.of(
            List.of("gpu", "online"),
            new Int64Value(0),
            List.of("gpu", "stale"),
            new Int64Value(0),
            List.of("gpu", "offline"),
            new Int64Value(0),
            List.of("k8s", "online"),
            new Int64Value(2),
            List.of("k8s", "stale"),
            new Int64Value(2),
            List.of("k8s", "offline"),
            new Int64Value(1)),
        measured(
            "work_pool/worker_count",
            seen(
                List.of(GPU, K8S),
                List.of(
                    worker("k8s", true, NOON),
                    worker("k8s", true, NOON.minusSeconds(90)),
                    worker("k8s", true, NOON.minusSeconds(90).minusMillis(1)),
                    new Worker("k8s", "w", true, Optional.empty(), Duration.ofSeconds(30)),
                    worker("k8s", false, NOON)))));
  }

  @Test
  void aWorkerWithSlowHeartbeatsIsGivenMoreTime() {
    var slow =
        new Worker("k8s", "w", true, Optional.of(NOON.minusSeconds(180)), Duration.ofSeconds(60));

    assertEquals(
        new Int64Value(1),
        measured("work_pool/worker_count", seen(List.of(K8S), List.of(slow)))
            .get(List.of("k8s", "online")));
  }

  @Test
  void poolsWithoutWorkersHaveNoWorkerCount() {
    assertEquals(
        Map.of(),
        measured(
            "work_pool/worker_count",
            seen(
                List.of(
                    new WorkPool("push", "cloud-run:push", Optional.of(true), false),
                    new WorkPool("managed", "prefect:managed", Optional.of(true), false),
                    new WorkPool("agents", "prefect-agent", Optional.empty(), false)),
                List.of())));
  }

  @Test
  void aPoolsLastHeartbeatIsTheYoungestOfItsWorkers() {
    assertEquals(
        Map.of(List.of("gpu"), new DoubleValue(7.5), List.of("k8s"), new DoubleValue(10)),
        measured(
            "work_pool/last_heartbeat_age",
            seen(
                List.of(K8S, GPU),
                List.of(
                    worker("k8s", true, NOON.minusSeconds(20)),
                    worker("k8s", false, NOON.minusSeconds(10)),
                    worker("k8s", true, NOON.minusSeconds(30)),
                    worker("gpu", true, NOON.minusMillis(7_500)),
                    new Worker("idle", "w", true, Optional.empty(), Duration.ofSeconds(30))))));
  }

  @Test
  void theRecipesCountIsZeroForEveryStateThatPrefectNames() {
    Map<List<String>, Value> zeros = measured("flow_runs_total", seen(new StateCount[0]));

    assertEquals(
        List.of(
            "AwaitingConcurrencySlot",
            "AwaitingRetry",
            "Cancelled",
            "Cancelling",
            "Completed",
            "Crashed",
            "Failed",
            "Late",
            "Paused",
            "Pending",
            "Running",
            "Scheduled",
            "Suspended",
            "TimedOut"),
        zeros.keySet().stream().map(List::getFirst).toList());
    zeros.forEach((state, value) -> assertEquals(new Int64Value(0), value));
  }

  @Test
  void theRecipesCountPutsAnyOtherNameUnderThatOfItsType() {
    Map<List<String>, Value> measured =
        measured(
            "flow_runs_total",
            seen(
                new StateCount("Completed", "Completed", true, 3, 30),
                new StateCount("Late", "Scheduled", false, 2, 0),
                new StateCount("My\nown", "Completed", true, 1, 5),
                new StateCount("Skipped 4711", "Completed", true, 1, 5),
                // Prefect's own name, but not for this type.
                new StateCount("Late", "Failed", true, 7, 0)));

    assertEquals(new Int64Value(5), measured.get(List.of("Completed")));
    assertEquals(new Int64Value(2), measured.get(List.of("Late")));
    assertEquals(new Int64Value(7), measured.get(List.of("Failed")));
    assertEquals(14, measured.size());
  }

  @ParameterizedTest
  @CsvSource({
    "Scheduled, Scheduled Late AwaitingRetry AwaitingConcurrencySlot Resuming",
    "Pending, Pending Submitting InfrastructurePending NotReady",
    "Running, Running Retrying",
    "Paused, Paused Suspended NotReady",
    "Cancelling, Cancelling",
    "Cancelled, Cancelled",
    "Completed, Completed Cached RolledBack",
    "Failed, Failed TimedOut",
    "Crashed, Crashed",
  })
  void theRecipesCountKeepsTheNamesThatPrefectGives(String type, String names) {
    for (String name : names.split(" ", -1)) {
      assertEquals(
          new Int64Value(4),
          measured("flow_runs_total", seen(new StateCount(name, type, false, 4, 0)))
              .get(List.of(name)));
    }
  }

  @Test
  void theRecipesAverageIsNeverNegative() {
    assertEquals(
        Map.of(List.of(), new DoubleValue(5)),
        measured(
            "flow_run_duration_seconds_avg",
            seen(
                new StateCount("Completed", "Completed", true, 1, 10),
                new StateCount("Failed", "Failed", true, 1, -20))));
  }

  @Test
  void theRecipesAverageIsOverFinishedRuns() {
    assertEquals(
        Map.of(List.of(), new DoubleValue(12.5)),
        measured(
            "flow_run_duration_seconds_avg",
            seen(
                new StateCount("Completed", "Completed", true, 3, 30),
                new StateCount("Failed", "Failed", true, 1, 20),
                new StateCount("Running", "Running", false, 5, 1_000))));
  }

  @Test
  void withoutFinishedRunsThereIsNoAverage() {
    assertEquals(
        Map.of(),
        measured(
            "flow_run_duration_seconds_avg",
            seen(new StateCount("Running", "Running", false, 5, 1_000))));
  }

  @Test
  void theJobTellsHowItWent() {
    var job =
        new Exporter(
            "1.2",
            Optional.of("3.4.0rc1+5.g1a2b3c"),
            false,
            Map.of("workers", false, "inventory", true),
            Map.of("flow_runs", NOON.minusMillis(61_500)));

    assertEquals(Map.of(List.of(), new Int64Value(0)), measured("server/healthy", seen(job)));
    assertEquals(Map.of(List.of(), new Int64Value(0)), measured("exporter/up", seen(job)));
    assertEquals(
        Map.of(List.of("inventory"), new Int64Value(1), List.of("workers"), new Int64Value(0)),
        measured("exporter/collector_success", seen(job)));
    assertEquals(
        Map.of(List.of("flow_runs"), new DoubleValue(61.5)),
        measured("exporter/data_watermark_age", seen(job)));
    assertEquals(
        Map.of(List.of("1.2", "3.4.0rc1+5.g1a2b3c"), new Int64Value(1)),
        measured("exporter/build_info", seen(job)));
  }

  @ParameterizedTest
  @CsvSource({
    "3.8.8, 3.8.8",
    "cloud, cloud",
    "0.0.0+1.gabc1234.dirty, 0.0.0+1.gabc1234.dirty",
    "at 12:04:17, ''",
    "3.8.8 by ops, ''",
    "3.8.8é, ''",
  })
  void whatIsNoVersionIsNoLabel(String told, String label) {
    var job = new Exporter("1.2", Optional.of(told), true, Map.of(), Map.of());

    assertEquals(
        Map.of(List.of("1.2", label), new Int64Value(1)),
        measured("exporter/build_info", seen(job)));
  }

  @Test
  void theJobTellsThatAllWentWell() {
    assertEquals(Map.of(List.of(), new Int64Value(1)), measured("server/healthy", blind()));
    assertEquals(Map.of(List.of(), new Int64Value(1)), measured("exporter/up", blind()));
    assertEquals(
        Map.of(List.of("1.2", ""), new Int64Value(1)), measured("exporter/build_info", blind()));
  }

  private static Worker worker(String pool, boolean online, Instant lastHeartbeat) {
    return new Worker(pool, "w", online, Optional.of(lastHeartbeat), Duration.ofSeconds(30));
  }
}
