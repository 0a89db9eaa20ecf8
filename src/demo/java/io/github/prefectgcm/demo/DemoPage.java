package io.github.prefectgcm.demo;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.prefectgcm.demo.Increments.Increment;
import io.github.prefectgcm.demo.WrittenSeries.WrittenPoint;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Renders the written series as one HTML page that needs nothing else: the chart library, the
 * charts' options and the data are all in it.
 *
 * <p>The page's script draws; it does no arithmetic on counters. Those come to it as increments.
 */
final class DemoPage {
  /** The series that charts are made of; of the others the page tells only that they exist. */
  private static final Set<String> CHARTED =
      Set.of(
          "flow_run/finished_count",
          "flow_run/execution_times",
          "deployment/consecutive_failures",
          "flow_run/late_count",
          "flow_run/oldest_late_age",
          "work_pool/ready",
          "work_pool/paused",
          "work_pool/worker_count",
          "work_pool/last_heartbeat_age",
          "exporter/window_count");

  /** Those of them that are drawn on each other, so that all have to have the same times. */
  private static final Set<String> STACKED =
      Set.of("flow_run/late_count", "work_pool/worker_count");

  private DemoPage() {}

  static String render(Facts facts, List<WrittenSeries> series, JsonArray pages) {
    JsonObject data = data(facts, series);
    data.add("pages", pages);
    return PageTemplate.fill(
        "/demo/page.html",
        List.of(
            "/demo/base.js",
            "/demo/series.js",
            "/demo/runs.js",
            "/demo/levels.js",
            "/demo/page.js"),
        data);
  }

  private static JsonObject data(Facts facts, List<WrittenSeries> series) {
    var data = new JsonObject();
    data.add("facts", facts(facts, series));
    data.add("metrics", metrics(series));
    var charted = new JsonArray();
    for (WrittenSeries one : series) {
      if (CHARTED.contains(one.metric())) {
        charted.add(series(one, STACKED.contains(one.metric()) ? times(one, series) : Set.of()));
      }
    }
    data.add("series", charted);
    return data;
  }

  private static JsonObject facts(Facts facts, List<WrittenSeries> series) {
    var json = new JsonObject();
    json.addProperty("title", facts.title());
    json.addProperty("about", facts.about());
    json.add("day", span(facts.day()));
    facts.outage().ifPresent(outage -> json.add("outage", span(outage)));
    var events = new JsonArray();
    for (Facts.Event event : facts.events()) {
      var one = new JsonObject();
      one.add("span", span(event.span()));
      one.addProperty("text", event.text());
      events.add(one);
    }
    json.add("events", events);
    json.addProperty("executions", facts.executions());
    json.addProperty("tookSeconds", facts.took().toMillis() / 1000.0);
    json.addProperty("points", series.stream().mapToLong(one -> one.points().size()).sum());
    json.addProperty("series", series.size());
    return json;
  }

  private static JsonArray span(Window window) {
    var span = new JsonArray();
    span.add(window.start().toEpochMilli());
    span.add(window.end().toEpochMilli());
    return span;
  }

  private static JsonArray metrics(List<WrittenSeries> series) {
    Map<String, JsonObject> metrics = new TreeMap<>();
    for (WrittenSeries one : series) {
      JsonObject row =
          metrics.computeIfAbsent(
              one.metric(),
              name -> {
                var fresh = new JsonObject();
                fresh.addProperty("metric", name);
                fresh.addProperty("kind", one.kind().name());
                fresh.addProperty("series", 0);
                fresh.addProperty("points", 0);
                return fresh;
              });
      row.addProperty("series", row.get("series").getAsInt() + 1);
      row.addProperty("points", row.get("points").getAsInt() + one.points().size());
    }
    var json = new JsonArray();
    metrics.values().forEach(json::add);
    return json;
  }

  /** The times of all series of a metric. */
  private static Set<Instant> times(WrittenSeries one, List<WrittenSeries> series) {
    return series.stream()
        .filter(other -> other.metric().equals(one.metric()))
        .flatMap(other -> other.points().stream())
        .map(point -> point.point().end())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Points are {@code [end, appliedAt, value]}; a counter's value is its increment.
   *
   * @param times those at which there has to be a point, if only one without a value
   */
  private static JsonObject series(WrittenSeries series, Set<Instant> times) {
    var json = new JsonObject();
    json.addProperty("metric", series.metric());
    json.add("labels", new Gson().toJsonTree(series.labels()));
    var points = new JsonArray();
    if (series.kind() == Kind.CUMULATIVE) {
      for (Increment increment : Increments.of(series)) {
        // An increment of nothing is nothing to draw, and most are.
        if (!increment.value().isZero()) {
          points.add(point(increment.end(), increment.appliedAt(), increment.value()));
        }
      }
    } else {
      var byTime = new TreeMap<Instant, JsonArray>();
      times.forEach(time -> byTime.put(time, missing(time)));
      for (WrittenPoint point : series.points()) {
        byTime.put(
            point.point().end(),
            point(point.point().end(), point.appliedAt(), point.point().value()));
      }
      byTime.values().forEach(points::add);
    }
    json.add("points", points);
    series.points().stream()
        .map(point -> point.point().value())
        .filter(DistributionValue.class::isInstance)
        .findFirst()
        .ifPresent(value -> json.add("buckets", buckets(((DistributionValue) value).buckets())));
    return json;
  }

  private static JsonArray missing(Instant end) {
    var point = new JsonArray();
    point.add(end.toEpochMilli());
    point.add(end.toEpochMilli());
    point.add(JsonNull.INSTANCE);
    return point;
  }

  private static JsonArray point(Instant end, Instant appliedAt, Value value) {
    var point = new JsonArray();
    point.add(end.toEpochMilli());
    point.add(appliedAt.toEpochMilli());
    switch (value) {
      case Int64Value whole -> point.add(whole.value());
      case DoubleValue real -> point.add(real.value());
      case DistributionValue spread -> point.add(counts(spread));
    }
    return point;
  }

  /** Bucket index to count, without the empty ones. */
  private static JsonObject counts(DistributionValue spread) {
    var counts = new JsonObject();
    for (int i = 0; i < spread.counts().size(); i++) {
      if (spread.counts().get(i) != 0) {
        counts.addProperty(Integer.toString(i), spread.counts().get(i));
      }
    }
    return counts;
  }

  private static JsonObject buckets(Buckets buckets) {
    var json = new JsonObject();
    json.addProperty("scale", buckets.scale());
    json.addProperty("growth", buckets.growth());
    json.addProperty("finite", buckets.finite());
    return json;
  }
}
