package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.Metric;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.util.Timestamps;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Executions that are late, early, cut short, or the first. */
class CatchUpTest {
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /** Windows of a first execution. */
  private static final int BACKFILLED = 3;

  private static final String FINISHED = "flow_run/finished_count";
  private static final String STREAK = "deployment/consecutive_failures";
  private static final String SINCE_SUCCESS = "deployment/time_since_last_success";
  private static final Map<String, String> FAILED =
      Map.of("deployment_name", "hourly", "state", "failed");

  /** An outage of 16 h 40. */
  @Test
  void twoHundredWindows() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD.multipliedBy(200));
      for (int i = 0; i < 200; i++) {
        Instant end = Site.NOON.plus(PERIOD.multipliedBy(i)).plusSeconds(200);
        site.workspace.finished(site.hourly, ServerStateType.FAILED, end, Duration.ofSeconds(10));
      }
      site.prefect.forgetRequests();
      List<CreateTimeSeriesRequest> writes = writes(site);

      site.executeWell();

      List<StoredPoint> points = points(site, FAILED);
      assertEquals(BACKFILLED + 200, points.size());
      points = points.subList(BACKFILLED - 1, points.size());
      for (int i = 0; i <= 200; i++) {
        assertEquals(Site.NOON.plus(PERIOD.multipliedBy(i)), points.get(i).end());
        assertEquals(points.getFirst().start(), points.get(i).start());
        // One more of the site's own ended in the first window.
        assertEquals(i == 0 ? 0 : i + 1, points.get(i).whole());
      }
      assertEquals(List.of(), site.cloud.violations());
      assertTrue(site.cloud.log().maxSeries() <= 200);
      assertEquals(
          200,
          site.prefect.requests("/flow_runs/filter").stream()
              .map(request -> request.json().getAsJsonObject("flow_runs"))
              .filter(runs -> runs.has("end_time") && !runs.has("deployment_id"))
              .count(),
          "one read a window");
      assertOrder(writes);
    }
  }

  /** In every window: what a run can move between in one request, and the watermark alone. */
  private static void assertOrder(List<CreateTimeSeriesRequest> writes) {
    int marks = 0;
    Instant end = Site.NOON;
    var told = new HashSet<String>();
    for (CreateTimeSeriesRequest write : writes) {
      List<TimeSeries> series = write.getTimeSeriesList();
      boolean mark = series.getFirst().getMetric().getType().endsWith("/exporter/window_count");
      assertTrue(!mark || series.size() == 1, "not alone");
      if (marks == 200) {
        // The same again for the stream of the runs that start.
        return;
      }
      if (marks < 200) {
        Instant next = Site.NOON.plus(PERIOD.multipliedBy(marks + 1));
        assertTrue(series.stream().allMatch(each -> end(each).equals(next)), next.toString());
        var groups = new HashSet<String>();
        series.forEach(each -> groups.add(group(each.getMetric())));
        groups.forEach(group -> assertTrue(told.add(group), () -> group + " is split"));
        end = next;
      }
      if (mark) {
        marks++;
        told.clear();
      }
    }
    assertEquals(200, marks);
    assertEquals(Site.NOON.plus(PERIOD.multipliedBy(200)), end);
  }

  private static String group(Metric metric) {
    return metric.containsLabels("deployment_name")
        ? metric.getLabelsOrThrow("flow_name") + "/" + metric.getLabelsOrThrow("deployment_name")
        : metric.getType();
  }

  private static Instant end(TimeSeries series) {
    return Instant.ofEpochMilli(
        Timestamps.toMillis(series.getPoints(0).getInterval().getEndTime()));
  }

  private static List<CreateTimeSeriesRequest> writes(Site site) {
    List<CreateTimeSeriesRequest> writes = Collections.synchronizedList(new ArrayList<>());
    site.cloud.faults(call -> {
      if (call.request() instanceof CreateTimeSeriesRequest write) {
        writes.add(write);
      }
      return Optional.empty();
    });
    return writes;
  }

  private static List<StoredPoint> points(Site site, Map<String, String> labels) {
    return site.cloud.series(FINISHED).entrySet().stream()
        .filter(each -> each.getKey().labels().entrySet().containsAll(labels.entrySet()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void moreThanDayBehind() {
    try (var site = new Site()) {
      site.executeWell();
      site.workspace.finished(
          site.hourly,
          ServerStateType.FAILED,
          Site.NOON.plus(Duration.ofHours(20)),
          Duration.ofSeconds(10));
      site.now = site.now.plus(Duration.ofHours(30));
      Instant floor = Site.NOON.plus(Duration.ofHours(6)).plus(PERIOD);

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code(), () -> String.join("\n", ending.lines()));
      assertEquals(
          List.of(
              "warning: the last execution was too long ago: what happened in the 21900 seconds"
                  + " after 2026-03-01T12:00:00Z is not counted, Cloud Monitoring takes no points"
                  + " older than a day"),
          ending.said());
      assertEquals(Optional.of(21_900.0), site.level("exporter/skipped_seconds", Map.of()));
      List<StoredPoint> points = points(site, FAILED);
      assertEquals(Site.NOON, points.get(BACKFILLED - 1).end());
      assertEquals(floor.plusMillis(1), points.get(BACKFILLED).start());
      assertEquals(0, points.get(BACKFILLED).whole());
      assertEquals(1, points.getLast().whole());
      assertEquals(
          2.0,
          site.newest("deployment/consecutive_failures", Map.of("deployment_name", "hourly"))
              .orElseThrow()
              .real(),
          "counts what was skipped too");
    }
  }

  @Test
  void nothingDue() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plusSeconds(60);

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      assertTrue(ending.summary().startsWith("0 windows, 0 runs, "), ending.summary());
      assertEquals(Optional.of(Site.NOON), site.watermark());
      assertEquals(Optional.of(1.0), site.level("exporter/up", Map.of()));
    }
  }

  @Test
  void periodChanges() {
    try (var site = new Site()) {
      site.executeWell();
      site.environment.put("PERIOD", "1h");
      site.now = Site.NOON.plus(Duration.ofMinutes(62));
      site.executeWell();
      assertEquals(Optional.of(Site.NOON.plus(Duration.ofHours(1))), site.watermark());
      assertEquals(1, points(site, FAILED).getLast().whole());

      site.environment.put("PERIOD", "10s");
      site.now = Site.NOON.plus(Duration.ofMinutes(63));
      site.executeWell();
      assertEquals(Optional.of(Site.NOON.plus(Duration.ofMinutes(62))), site.watermark());
      assertEquals(1, points(site, FAILED).getLast().whole());
      assertEquals(List.of(), site.cloud.violations());
    }
  }

  @Test
  void deadlineInTheMiddle() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD.multipliedBy(200));
      site.prefect.onEvery(
          "/flow_runs/filter", HttpFault.after(() -> site.time.pass(Duration.ofSeconds(5))));

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      // Time passes in leaps here: either server may be the one that was being asked at the end.
      assertTrue(
          ending.said().stream().allMatch(line -> line.contains("DEADLINE")),
          () -> String.join("\n", ending.said()));
      assertFalse(ending.said().isEmpty());
      Instant reached = site.watermark().orElseThrow();
      assertTrue(reached.isAfter(Site.NOON), ending.summary());
      assertTrue(ending.summary().endsWith("watermark " + reached), ending.summary());
      assertEquals(Optional.of(0.0), site.level("exporter/up", Map.of()));

      site.prefect.recover();
      site.now = site.now.plusSeconds(30);
      site.executeWell();
      assertEquals(Optional.of(Site.NOON.plus(PERIOD.multipliedBy(200))), site.watermark());
      assertEquals(1, points(site, FAILED).getLast().whole());
    }
  }

  @Test
  void maxSeries() {
    try (var site = new Site()) {
      site.environment.put("MAX_SERIES", "3");

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      assertEquals(
          List.of("warning: 15 series are not filled with zeros, MAX_SERIES is 3"), ending.said());
      assertEquals(
          1,
          points(site, Map.of("deployment_name", "hourly", "state", "completed")).size(),
          "a run is counted all the same");
      assertEquals(Optional.empty(), site.newest(FINISHED, FAILED));
    }
  }

  @Test
  void deletedDeploymentsSeriesStop() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD.multipliedBy(2));
      site.workspace.delete(site.hourly, site.now.minusSeconds(30));
      site.now = site.now.plus(PERIOD);
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      site.executeWell();
      Instant newest = Site.NOON.plus(PERIOD.multipliedBy(4));
      assertEquals(newest, points(site, Map.of("deployment_name", "daily")).getLast().end());
      assertTrue(points(site, FAILED).getLast().end().isBefore(newest));
    }
  }

  @Test
  void seriesOfADeletedPoolStopAndItsRunsGoOnWithoutOne() {
    try (var site = new Site()) {
      site.executeWell();
      Instant deleted = site.now.plus(PERIOD);
      site.workspace.delete(site.pool, deleted);
      for (int i = 0; i < 3; i++) {
        site.now = site.now.plus(PERIOD);
        Instant end = site.now.minus(PERIOD).plusSeconds(9);
        site.workspace.finished(site.daily, ServerStateType.FAILED, end, Duration.ofSeconds(1));
        site.executeWell();
      }
      for (String metric :
          List.of(FINISHED, "flow_run/run_time", "never_started_count", "execution_times")) {
        site.cloud
            .series(metric)
            .forEach((series, points) ->
                assertEquals(
                    series.label("work_pool_name").isEmpty(),
                    points.getLast().end().isAfter(deleted),
                    () -> series.metricType() + series.labels()));
      }
      // One at noon, with the pool, and three since.
      assertEquals(
          3,
          site.newest(
                  FINISHED,
                  Map.of("deployment_name", "daily", "work_pool_name", "", "state", "failed"))
              .orElseThrow()
              .real());
    }
  }

  @Test
  void firstExecutionReadsBackfill() {
    try (var site = new Site()) {
      site.environment.put("BACKFILL", "2h");
      site.executeWell();
      List<StoredPoint> marks =
          site.cloud.series("exporter/window_count").values().iterator().next();
      assertEquals(24, marks.size());
      assertEquals(Site.NOON.minus(Duration.ofHours(2)).plusMillis(1), marks.getFirst().start());
    }
  }

  /** Each of them failed more often than a page shows, so each needs a question of its own. */
  @Test
  void strangersGetTheirPastInSeveralExecutions() {
    try (var site = new Site()) {
      for (int i = 0; i < 60; i++) {
        var deployment = site.workspace.deployment(site.flow, "many-%02d".formatted(i), site.pool);
        for (int j = 0; j < 10; j++) {
          site.workspace.finished(
              deployment,
              ServerStateType.FAILED,
              Site.NOON.minus(Duration.ofHours(3)).plusSeconds(60L * j + i),
              Duration.ofSeconds(1));
        }
      }
      int executions = 0;
      long known = 0;
      while (known < 62 && executions < 8) {
        site.prefect.forgetRequests();
        site.executeWell();
        long now = site.cloud.series("deployment/consecutive_failures").size();
        assertTrue(now > known, "no progress in execution " + executions);
        assertTrue(
            site.prefect.requests().size() < 60, () -> site.prefect.requests().size() + " calls");
        known = now;
        executions++;
        site.now = site.now.plus(PERIOD);
      }
      assertEquals(62, known);
      assertTrue(executions > 1);
      site.cloud
          .series("deployment/consecutive_failures")
          .forEach((series, points) -> {
            if (series.label("deployment_name").startsWith("many")) {
              assertEquals(10, points.getLast().whole());
            }
          });
      assertFalse(site.cloud.series(FINISHED).isEmpty());
    }
  }

  /** One that only failed, one that was only cancelled, and one that never ran. */
  @Test
  void aDeploymentThatNeverSucceededIsLookedUpOnce() {
    try (var site = new Site()) {
      var failing = site.workspace.deployment(site.flow, "failing", site.pool);
      var cancelled = site.workspace.deployment(site.flow, "cancelled", site.pool);
      var idle = site.workspace.deployment(site.flow, "idle", site.pool);
      Instant ago = Site.NOON.minus(Duration.ofDays(3));
      Duration second = Duration.ofSeconds(1);
      site.workspace.finished(failing, ServerStateType.FAILED, ago, second);
      site.workspace.finished(cancelled, ServerStateType.CANCELLED, ago, second);
      site.executeWell();
      assertTrue(lookUps(site) > 0);
      for (int i = 0; i < 3; i++) {
        site.prefect.forgetRequests();
        site.now = site.now.plus(PERIOD);
        site.executeWell();
        assertEquals(0, lookUps(site), "execution " + i);
      }
      assertEquals(
          1, site.newest(STREAK, Map.of("deployment_name", "failing")).orElseThrow().whole());
      for (var name : List.of("failing", "cancelled", "idle")) {
        assertEquals(
            site.watermark(),
            site.newest(STREAK, Map.of("deployment_name", name)).map(StoredPoint::end));
        assertEquals(Optional.empty(), site.newest(SINCE_SUCCESS, Map.of("deployment_name", name)));
      }

      site.workspace.finished(
          failing, ServerStateType.COMPLETED, site.now.minusSeconds(100), second);
      site.workspace.finished(idle, ServerStateType.COMPLETED, site.now.minusSeconds(100), second);
      for (int i = 0; i < 2; i++) {
        site.prefect.forgetRequests();
        site.now = site.now.plus(PERIOD);
        site.executeWell();
        assertEquals(0, lookUps(site), "execution " + i + " after the first success");
      }
      for (var name : List.of("failing", "idle")) {
        assertEquals(
            site.watermark(),
            site.newest(SINCE_SUCCESS, Map.of("deployment_name", name)).map(StoredPoint::end));
      }
    }
  }

  /** After more than a day nothing that is remembered counts. */
  @Test
  void aDeploymentThatNeverSucceededIsLookedUpAgainAfterASkip() {
    try (var site = new Site()) {
      var failing = site.workspace.deployment(site.flow, "failing", site.pool);
      Instant ago = Site.NOON.minus(Duration.ofDays(3));
      site.workspace.finished(failing, ServerStateType.FAILED, ago, Duration.ofSeconds(1));
      site.executeWell();
      Instant unseen = site.now.plus(Duration.ofHours(1));
      site.workspace.finished(failing, ServerStateType.COMPLETED, unseen, Duration.ofSeconds(1));
      site.now = site.now.plus(Duration.ofHours(30));
      site.prefect.forgetRequests();
      var ending = site.execute();
      assertEquals(0, ending.code(), () -> String.join("\n", ending.lines()));
      assertTrue(lookUps(site) > 0);
      StoredPoint age =
          site.newest(SINCE_SUCCESS, Map.of("deployment_name", "failing")).orElseThrow();
      assertEquals(unseen, age.end().minusMillis(Math.round(age.real() * 1000)));
    }
  }

  /** Requests that ask for the last completed run of a deployment, whenever that was. */
  private static long lookUps(Site site) {
    return site.prefect.requests().stream()
        .filter(request -> request.body().contains("\"deployment_id\""))
        .count();
  }
}
