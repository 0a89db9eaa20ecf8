package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedDayTest {
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final SimulatedDay DAY = new SimulatedDay(1, END);

  @Test
  void isADozenFlowsOnFourPools() {
    var flows =
        DAY.deployments().stream().map(SimulatedDeployment::flow).collect(Collectors.toSet());
    assertEquals(12, flows.size());
    assertEquals(16, DAY.deployments().size());
    assertEquals(4, DAY.pools().size());
  }

  @Test
  void theSameSeedGivesTheSameDay() {
    assertEquals(DAY.runs(), new SimulatedDay(1, END).runs());
    assertNotEquals(DAY.runs(), new SimulatedDay(2, END).runs());
  }

  @Test
  void runsEndInEveryWayAndSomeWithoutDeployment() {
    var states = today().map(SimulatedRun::state).collect(Collectors.toSet());
    assertEquals(List.of(FinalState.values()), states.stream().sorted().toList());
    assertTrue(today().anyMatch(run -> run.attempts() == 0));
    assertTrue(today().anyMatch(run -> run.deployment().isEmpty()));
  }

  @Test
  void oneDeploymentFailsUntilItIsMended() {
    var broken =
        today()
            .filter(run -> run.deployment().filter(DAY::breaks).isPresent())
            .filter(run -> DAY.broken().contains(run.due()))
            .toList();
    assertEquals(28, broken.size());
    assertTrue(
        broken.stream()
            .allMatch(
                run -> run.state() == FinalState.FAILED || run.state() == FinalState.CRASHED));
  }

  @Test
  void runsWaitForTheWorkersThatVanish() {
    Instant before = DAY.workersGone().start();
    Instant during = DAY.workersGone().end();
    assertEquals(0, late("office", before));
    assertTrue(late("office", during) >= 15);
    assertEquals(0, late("office", during.plus(Duration.ofMinutes(10))));
    SimulatedPool office =
        DAY.pools().stream().filter(pool -> pool.name().equals("office")).findAny().orElseThrow();
    assertEquals(before, office.lastHeartbeat(0, during));
    assertTrue(office.lastHeartbeat(0, during.plusSeconds(31)).isAfter(during));
  }

  @Test
  void theJobPausesForTwoHours() {
    List<Instant> executions = DAY.executions();
    assertEquals(288 - 24, executions.size());
    assertTrue(executions.stream().noneMatch(DAY.outage()::contains));
    assertEquals(Duration.ofHours(2), DAY.outage().length());
  }

  @Test
  void everyRunGoesThroughItsStatesInOrder() {
    for (SimulatedRun run : DAY.runs()) {
      assertFalse(run.pending().isBefore(run.due()), run.toString());
      Instant running = run.running().orElse(run.pending());
      assertFalse(running.isBefore(run.pending()), run.toString());
      assertFalse(run.ended().isBefore(running), run.toString());
      assertEquals(run.running().isPresent(), run.attempts() > 0, run.toString());
    }
  }

  private static Stream<SimulatedRun> today() {
    var window = new Window(DAY.start(), DAY.end());
    return DAY.runs().stream().filter(run -> window.contains(run.ended()));
  }

  private static long late(String pool, Instant time) {
    return DAY.runs().stream()
        .filter(run -> run.pool().equals(pool))
        .filter(run -> run.stateAt(time).filter(CurrentState.LATE::equals).isPresent())
        .count();
  }
}
