package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import io.github.prefectgcm.query.Amount;
import io.github.prefectgcm.query.Evaluator;
import io.github.prefectgcm.query.Line;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.util.Map;
import java.util.regex.Pattern;

/** What a query answers with, as data for a page's script. */
final class WidgetAnswer {
  private static final Pattern TYPE = Pattern.compile("metric\\.type = \"([^\"]+)\"");

  private WidgetAnswer() {}

  /** The series; none if the query is PromQL, which nothing here evaluates. */
  static JsonArray of(TimeSeriesQuery query, String legend, Evaluator evaluator) {
    var lines = new JsonArray();
    if (!query.hasPrometheusQuery()) {
      evaluator.answer(query).forEach(line -> lines.add(line(line, legend)));
    }
    return lines;
  }

  /** What the numbers are. */
  static String unit(TimeSeriesQuery query) {
    if (!query.getUnitOverride().isEmpty()) {
      return query.getUnitOverride();
    }
    var type = TYPE.matcher(query.getTimeSeriesFilter().getFilter());
    return type.find() ? Vocabulary.metric(type.group(1)).orElseThrow().unit() : "1";
  }

  private static JsonObject line(Line line, String legend) {
    var json = new JsonObject();
    json.addProperty("name", name(line.labels(), legend));
    var labels = new JsonObject();
    line.labels()
        .forEach(
            (path, value) -> labels.addProperty(path.substring(path.lastIndexOf('.') + 1), value));
    json.add("labels", labels);
    var points = new JsonArray();
    line.values()
        .forEach((time, amount) -> {
          var point = new JsonArray();
          point.add(time.toEpochMilli());
          switch (amount) {
            case Amount.Figure figure -> point.add(figure.value());
            case Amount.Histogram histogram -> point.add(buckets(histogram));
          }
          points.add(point);
        });
    json.add("points", points);
    return json;
  }

  private static String name(Map<String, String> labels, String legend) {
    String name = legend;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      name =
          name.replace("${" + label.getKey().replace("label.", "labels.") + "}", label.getValue());
    }
    return name;
  }

  /** Lower bound, upper bound and count of each bucket that has something in it. */
  private static JsonArray buckets(Amount.Histogram histogram) {
    var buckets = new JsonArray();
    for (int i = 0; i < histogram.counts().size() - 1; i++) {
      if (histogram.counts().get(i) > 0) {
        var bucket = new JsonArray();
        bucket.add(histogram.bound(i));
        bucket.add(histogram.bound(i + 1));
        bucket.add(histogram.counts().get(i));
        buckets.add(bucket);
      }
    }
    return buckets;
  }
}
