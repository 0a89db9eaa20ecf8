package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an execution asks and writes, and what it says of that. */
class TrafficTest {
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /** 80 deployments on five pools with four workers each, 40 runs a minute. */
  @Test
  void anExecutionInATypicalWorkspaceMakesAtMostThirtyRequests() {
    try (var site = new Site()) {
      for (int i = 0; i < 4; i++) {
        var pool = site.workspace.workPool("pool-" + i, "kubernetes");
        for (int k = 0; k < 4; k++) {
          site.workspace.worker(pool, "worker-" + k, Site.NOON, Site.NOON.plus(Duration.ofDays(1)));
        }
        for (int k = 0; k < 20; k++) {
          var deployment = site.workspace.deployment(site.flow, "daily-" + i + "-" + k, pool);
          for (int run = 0; run < 8; run++) {
            site.workspace.finished(
                deployment,
                ServerStateType.COMPLETED,
                Site.NOON.plusSeconds(80 + run * 60 + k),
                Duration.ofSeconds(30));
          }
        }
      }
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      int before = site.prefect.requests().size();

      site.executeWell();

      int asked = site.prefect.requests().size() - before;
      assertTrue(asked <= 30, () -> asked + " requests");
    }
  }

  @Test
  void requestsAreCountedByTheirAnswers() {
    try (var site = new Site()) {
      site.prefect.onNth("/work_queues/filter", 1, HttpFault.status(503));
      site.prefect.onNth("/v2/concurrency_limits/filter", 1, HttpFault.reset());

      site.executeWell();

      long all = site.prefect.requests().size();
      assertEquals(
          Map.of("2xx", all - 2, "3xx", 0L, "4xx", 0L, "5xx", 1L, "error", 1L),
          site.cloud.series("exporter/prefect_request_count").entrySet().stream()
              .collect(
                  Collectors.toMap(
                      each -> each.getKey().labels().get("response_class"),
                      each -> whole(each.getValue()))));
      assertEquals(Optional.of(1.0), site.level("server/ready", Map.of()));
      assertTrue(site.level("server/request_latency", Map.of()).isPresent());
    }
  }

  @Test
  void aServerWithoutItsDatabaseIsNotReady() {
    try (var site = new Site()) {
      site.prefect.onEvery("/ready", HttpFault.status(503));
      site.executeWell();
      assertEquals(Optional.of(0.0), site.level("server/ready", Map.of()));
    }
  }

  @Test
  void aServerThatDoesNotSayIsNeitherReadyNorNot() {
    try (var site = new Site()) {
      site.prefect.onEvery("/ready", HttpFault.status(404));
      site.executeWell();
      assertEquals(Optional.empty(), site.level("server/ready", Map.of()));
    }
  }

  /** Every point that is there, that of the counter itself included. */
  @Test
  void writtenBytesAreThoseOfThePointsThatWereAccepted() {
    try (var site = new Site()) {
      site.executeWell();

      long stored =
          site.cloud.series().values().stream()
              .flatMap(List::stream)
              .mapToLong(point -> point.value().hasDistributionValue() ? 80 : 8)
              .sum();
      assertEquals(
          stored,
          whole(site.cloud.series("exporter/written_bytes_count").values().iterator().next()));
    }
  }

  @Test
  void listsThatCannotBeReadCostOnlyTheirMetrics() {
    for (var lost :
        Map.of(
                "/work_queues/filter", List.of("work_queues", "work_queue/last_poll_age"),
                "/v2/concurrency_limits/filter",
                    List.of("concurrency_limits", "concurrency_limit/slot_limit"),
                "/flow_runs/count", List.of("scheduled_runs", "flow_run/scheduled_count"))
            .entrySet()) {
      try (var site = new Site()) {
        site.pool.defaultQueue().polled(Site.NOON);
        site.workspace.concurrencyLimit("db", 3);
        site.prefect.onEvery(lost.getKey(), HttpFault.status(403));

        Site.Ending ending = site.execute();

        assertTrue(ending.code() > 0, lost.getKey());
        assertEquals(
            Optional.of(0.0),
            site.level(
                "exporter/collector_success", Map.of("collector", lost.getValue().getFirst())));
        assertEquals(Map.of(), site.cloud.series(lost.getValue().getLast()));
        List.of(
                "work_queue/last_poll_age",
                "concurrency_limit/slot_limit",
                "flow_run/scheduled_count",
                "flow_run/late_count")
            .stream()
            .filter(metric -> !metric.equals(lost.getValue().getLast()))
            .forEach(metric -> assertTrue(!site.cloud.series(metric).isEmpty(), metric));
        assertTrue(site.watermark().isPresent());
      }
    }
  }

  private static long whole(List<StoredPoint> points) {
    return points.getLast().value().getInt64Value();
  }
}
