package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static io.github.prefectgcm.catalog.SmallWorkspace.blind;
import static io.github.prefectgcm.catalog.SmallWorkspace.measured;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The server, what is scheduled, and workers one by one. */
class ServerLevelsTest {
  @Test
  void theServerIsReadyOrNotOrDoesNotSay() {
    assertEquals(
        Map.of(List.of(), new Int64Value(1)),
        measured("server/ready", new Sight().ready(true).snapshot()));
    assertEquals(
        Map.of(List.of(), new Int64Value(0)),
        measured("server/ready", new Sight().ready(false).snapshot()));
    assertEquals(Map.of(), measured("server/ready", blind()));
  }

  @Test
  void latencyIsThatOfTheAnswers() {
    var traffic = new Traffic(Map.of("2xx", 3L), Optional.of(Duration.ofMillis(125)));

    assertEquals(
        Map.of(List.of(), new DoubleValue(0.125)),
        measured("server/request_latency", new Sight().traffic(traffic).snapshot()));
    assertEquals(Map.of(), measured("server/request_latency", blind()));
  }

  @Test
  void nothingScheduledIsZero() {
    assertEquals(
        Map.of(List.of(), new Int64Value(0)),
        measured("flow_run/scheduled_count", new Sight().scheduled(0).snapshot()));
    assertEquals(Map.of(), measured("flow_run/scheduled_count", blind()));
  }

  @Test
  void aWorkerThatWasSilentForAnHourIsDead() {
    List<Worker> workers = List.of(worker("alive", 3_599), worker("dead", 3_600), worker("new", 0));

    assertEquals(
        Map.of(
            List.of("k8s", "alive"), new DoubleValue(3_599),
            List.of("k8s", "new"), new DoubleValue(0)),
        measured("worker/heartbeat_age", new Sight().workers(workers).snapshot()));
    assertEquals(Map.of(), measured("worker/heartbeat_age", blind()));
  }

  private static Worker worker(String name, long silent) {
    return new Worker(
        "k8s", name, false, Optional.of(NOON.minusSeconds(silent)), Duration.ofSeconds(30));
  }
}
