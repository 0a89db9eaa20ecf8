package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentLevelsTest {
  private static final List<String> DAILY = List.of("etl", "daily", "data");

  private static Deployment daily(boolean paused, Optional<Boolean> ready, boolean scheduled) {
    return new Deployment(
        "id-1",
        new Origin("etl", "daily", "k8s", "data"),
        paused,
        Optional.empty(),
        ready,
        scheduled);
  }

  private static CurrentRun run(String deployment, CurrentState state, long seconds) {
    boolean started = state == CurrentState.RUNNING;
    return new CurrentRun(
        "k8s",
        "default",
        deployment,
        state,
        started,
        NOON.minusSeconds(seconds),
        NOON.minusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"false, true, 1", "true, true, 0", "false, false, 0", "true, false, 0"})
  void aScheduleIsActiveUnlessTheDeploymentIsPaused(boolean paused, boolean scheduled, long value) {
    Snapshot seen = new Sight().deployments(daily(paused, Optional.empty(), scheduled)).snapshot();

    assertEquals(
        Map.of(DAILY, new Int64Value(value)), measured("deployment/schedule_active", seen));
    assertEquals(Map.of(), measured("deployment/ready", seen), "no status");
  }

  @Test
  void readinessIsPrefects() {
    Snapshot seen = new Sight().deployments(daily(false, Optional.of(true), false)).snapshot();

    assertEquals(Map.of(DAILY, new Int64Value(1)), measured("deployment/ready", seen));
  }

  @Test
  void currentRunsAreThoseOfTheDeployment() {
    Snapshot seen =
        new Sight()
            .deployments(daily(false, Optional.empty(), true))
            .runs(
                run("id-1", CurrentState.RUNNING, 40),
                run("id-1", CurrentState.RUNNING, 90),
                run("id-1", CurrentState.LATE, 60),
                run("id-2", CurrentState.RUNNING, 900),
                run("", CurrentState.PENDING, 900))
            .snapshot();

    assertEquals(
        Map.of(
            List.of("etl", "daily", "late", "data"), new Int64Value(1),
            List.of("etl", "daily", "pending", "data"), new Int64Value(0),
            List.of("etl", "daily", "running", "data"), new Int64Value(2)),
        measured("deployment/current_run_count", seen));
    assertEquals(
        Map.of(DAILY, new DoubleValue(90)), measured("deployment/oldest_running_age", seen));
  }

  @Test
  void anAgeIsToldOnlyWhileSomethingRuns() {
    Snapshot seen =
        new Sight()
            .deployments(daily(false, Optional.empty(), true))
            .runs(run("id-1", CurrentState.PENDING, 40))
            .snapshot();

    assertEquals(Map.of(), measured("deployment/oldest_running_age", seen));
  }

  @Test
  void whatCouldNotBeReadIsAbsent() {
    Snapshot seen = new Sight().deployments(daily(false, Optional.empty(), true)).snapshot();

    assertEquals(Map.of(), measured("deployment/current_run_count", seen));
    assertEquals(Map.of(), measured("deployment/oldest_running_age", seen));
    assertEquals(Map.of(), measured("deployment/schedule_active", new Sight().snapshot()));
  }
}
