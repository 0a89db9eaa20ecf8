package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Main;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.metric.Int64Value;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void countsTheRunsOfTheFirstHalfHour() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Outcome outcome = Simulation.run(Main::run, END, 6, nowhere);
    assertEquals(List.of(), outcome.complaints());
    var day = new SimulatedDay(Simulation.SEED, END);
    // The first execution looks back a quarter of an hour from the day's first window.
    Instant end = day.start().plus(Duration.ofMinutes(30));
    var window = new Window(day.start().minus(Duration.ofMinutes(10)), end);
    long truth = day.runs().stream().filter(run -> window.contains(run.ended())).count();
    long counted =
        outcome.series().stream()
            .filter(one -> one.metric().equals("flow_run/finished_count"))
            .mapToLong(one -> ((Int64Value) one.points().getLast().point().value()).value())
            .sum();
    assertEquals(truth, counted);
    assertTrue(Summary.of(outcome).contains("6  executions"));
  }
}
