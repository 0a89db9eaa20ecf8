package io.github.prefectgcm.prefect.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.Traffic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficLogTest {
  @Test
  void answersAreCountedByClassAndTheirMedianIsKept() {
    var log = new TrafficLog();
    assertEquals(Traffic.NONE, log.sum());
    log.answered(200, Duration.ofMillis(30));
    log.answered(201, Duration.ofMillis(10));
    log.answered(429, Duration.ofMillis(90));
    log.answered(503, Duration.ofMillis(20));
    log.answered(302, Duration.ofMillis(80));
    log.failed();
    assertEquals(
        new Traffic(
            Map.of("2xx", 2L, "3xx", 1L, "4xx", 1L, "5xx", 1L, "error", 1L),
            Optional.of(Duration.ofMillis(30))),
        log.sum());
  }
}
