package io.github.prefectgcm.demo;

import io.github.prefectgcm.demo.WrittenSeries.WrittenPoint;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series about as the job writes them on a simulated day, without a job: data for page tests. */
final class PretendedJob {
  private static final Buckets TIMES = new Buckets(1, 1.5, 34);

  private record Key(String metric, Map<String, String> labels) {}

  private final SimulatedDay day;
  private final Map<Key, List<WrittenPoint>> counters = new LinkedHashMap<>();
  private final Map<Key, List<WrittenPoint>> gauges = new LinkedHashMap<>();
  private final Map<SimulatedDeployment, Long> streaks = new HashMap<>();

  private PretendedJob(SimulatedDay day) {
    this.day = day;
  }

  static List<WrittenSeries> through(SimulatedDay day) {
    var job = new PretendedJob(day);
    Instant watermark = day.start();
    for (Instant now : day.executions()) {
      for (Instant end = watermark.plus(SimulatedDay.PERIOD);
          !end.isAfter(now.minusSeconds(60));
          end = end.plus(SimulatedDay.PERIOD)) {
        job.window(new Window(watermark, end), now);
        watermark = end;
      }
      job.levels(now);
    }
    var series = new ArrayList<WrittenSeries>();
    job.counters.forEach((key, points) ->
        series.add(new WrittenSeries(key.metric(), Kind.CUMULATIVE, key.labels(), points)));
    job.gauges.forEach((key, points) ->
        series.add(new WrittenSeries(key.metric(), Kind.GAUGE, key.labels(), points)));
    return series;
  }

  private void window(Window window, Instant now) {
    var ended =
        day.runs().stream()
            .filter(run -> window.contains(run.ended()))
            .sorted((a, b) -> a.ended().compareTo(b.ended()))
            .toList();
    for (SimulatedDeployment deployment : day.deployments()) {
      streaks.putIfAbsent(deployment, 0L);
      for (FinalState state : FinalState.values()) {
        count(
            finished(deployment.flow(), deployment.name(), deployment.pool().name(), state),
            0,
            window,
            now);
      }
    }
    for (SimulatedRun run : ended) {
      String deployment = run.deployment().map(SimulatedDeployment::name).orElse("");
      count(finished(run.flow(), deployment, run.pool(), run.state()), 1, window, now);
      if (run.attempts() > 0) {
        add(
            new Key(
                "flow_run/execution_times",
                Map.of("state", run.state().label(), "work_pool_name", run.pool())),
            DistributionValue.of(TIMES, run.runTime().toNanos() / 1e9),
            window,
            now);
      }
      run.deployment()
          .ifPresent(one ->
              streaks.merge(
                  one,
                  0L,
                  (was, zero) ->
                      switch (run.state()) {
                        case COMPLETED -> 0L;
                        case FAILED, CRASHED -> was + 1;
                        case CANCELLED -> was;
                      }));
    }
    streaks.forEach((deployment, streak) ->
        gauge(
            new Key(
                "deployment/consecutive_failures",
                Map.of("flow_name", deployment.flow(), "deployment_name", deployment.name())),
            new Int64Value(streak),
            window.end(),
            now));
    count(new Key("exporter/window_count", Map.of()), 1, window, now);
  }

  private void levels(Instant now) {
    for (SimulatedPool pool : day.pools()) {
      Map<String, String> name = Map.of("work_pool_name", pool.name());
      var late =
          day.runs().stream()
              .filter(run -> run.pool().equals(pool.name()))
              .filter(run -> run.stateAt(now).filter(CurrentState.LATE::equals).isPresent())
              .toList();
      double oldest =
          late.stream()
              .mapToDouble(run -> Duration.between(run.due(), now).toSeconds())
              .max()
              .orElse(0);
      lateCounts(pool, late.size(), now);
      gauge(new Key("flow_run/oldest_late_age", name), new DoubleValue(oldest), now, now);
      Map<String, String> typed =
          Map.of("work_pool_name", pool.name(), "work_pool_type", pool.type());
      boolean paused = pool.pausedAt(now);
      boolean gone = pool.workersGoneAt(now);
      gauge(new Key("work_pool/paused", typed), new Int64Value(paused ? 1 : 0), now, now);
      gauge(new Key("work_pool/ready", typed), new Int64Value(paused || gone ? 0 : 1), now, now);
      if (!pool.workers().isEmpty()) {
        long age = Long.MAX_VALUE;
        for (int i = 0; i < pool.workers().size(); i++) {
          age = Math.min(age, Duration.between(pool.lastHeartbeat(i, now), now).toSeconds());
        }
        workers(pool, "online", gone ? 0 : pool.workers().size(), now);
        workers(pool, "stale", 0, now);
        workers(pool, "offline", gone ? pool.workers().size() : 0, now);
        gauge(new Key("work_pool/last_heartbeat_age", name), new DoubleValue(age), now, now);
      }
    }
    gauge(new Key("exporter/up", Map.of()), new Int64Value(1), now, now);
    gauge(new Key("server/healthy", Map.of()), new Int64Value(1), now, now);
  }

  private void lateCounts(SimulatedPool pool, int late, Instant now) {
    String why =
        pool.pausedAt(now) ? "pool_paused" : pool.workersGoneAt(now) ? "no_worker" : "unexplained";
    for (String reason : List.of("pool_paused", "no_worker", "unexplained")) {
      gauge(
          new Key("flow_run/late_count", Map.of("work_pool_name", pool.name(), "reason", reason)),
          new Int64Value(reason.equals(why) ? late : 0),
          now,
          now);
    }
  }

  private void workers(SimulatedPool pool, String status, int count, Instant now) {
    gauge(
        new Key("work_pool/worker_count", Map.of("work_pool_name", pool.name(), "status", status)),
        new Int64Value(count),
        now,
        now);
  }

  private static Key finished(String flow, String deployment, String pool, FinalState state) {
    return new Key(
        "flow_run/finished_count",
        Map.of(
            "flow_name", flow,
            "deployment_name", deployment,
            "work_pool_name", pool,
            "state", state.label()));
  }

  private void count(Key key, long more, Window window, Instant now) {
    add(key, new Int64Value(more), window, now);
  }

  private void add(Key key, Value more, Window window, Instant now) {
    List<WrittenPoint> points = counters.computeIfAbsent(key, _ -> new ArrayList<>());
    if (points.isEmpty()) {
      points.add(
          new WrittenPoint(new Point(window.start().plusMillis(1), window.end(), more), now));
      return;
    }
    Point last = points.getLast().point();
    var next = new Point(last.start(), window.end(), last.value().plus(more));
    if (last.end().equals(window.end())) {
      points.removeLast();
    }
    points.add(new WrittenPoint(next, now));
  }

  private void gauge(Key key, Value value, Instant time, Instant now) {
    gauges
        .computeIfAbsent(key, _ -> new ArrayList<>())
        .add(new WrittenPoint(Point.at(time, value), now));
  }
}
