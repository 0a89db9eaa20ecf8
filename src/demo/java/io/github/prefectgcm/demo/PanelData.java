package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.Threshold;
import io.github.prefectgcm.query.Amount;
import io.github.prefectgcm.query.Line;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.IntStream;

/** A panel of a dashboard as data for a page's script. */
final class PanelData {
  private PanelData() {}

  static JsonObject of(Answer answer, Tones tones) {
    var widget = answer.widget();
    var json = new JsonObject();
    json.addProperty("kind", widget.getContentCase().name());
    json.addProperty("title", widget.getTitle());
    if (widget.hasText()) {
      json.addProperty("text", widget.getText().getContent());
      return json;
    }
    json.addProperty("unit", answer.unit());
    json.addProperty("period", answer.period().toMillis());
    json.add(
        "limits",
        limits(
            widget.hasScorecard()
                ? widget.getScorecard().getThresholdsList()
                : widget.getXyChart().getThresholdsList()));
    if (widget.hasXyChart()) {
      json.addProperty("plot", widget.getXyChart().getDataSets(0).getPlotType().name());
      json.addProperty("stacked", answer.stacked());
    }
    histogramOf(answer)
        .ifPresentOrElse(
            any -> heatMap(json, answer, any), () -> json.add("lines", lines(answer, tones)));
    return json;
  }

  private static JsonArray lines(Answer answer, Tones tones) {
    var named = answer.lines();
    var colors = tones.of(named.stream().map(Answer.Named::name).toList());
    Collection<Instant> times = answer.times();
    var lines = new JsonArray();
    for (int i = 0; i < named.size(); i++) {
      Line line = named.get(i).line();
      var json = new JsonObject();
      json.addProperty("name", named.get(i).name());
      json.addProperty("tone", colors.get(i));
      json.add("labels", labels(line));
      json.add("points", points(line, answer.stacked() ? times : line.values().keySet()));
      lines.add(json);
    }
    return lines;
  }

  private static JsonObject labels(Line line) {
    var labels = new JsonObject();
    line.labels()
        .forEach(
            (path, value) -> labels.addProperty(LabelWords.name(path), LabelWords.of(path, value)));
    return labels;
  }

  private static JsonArray points(Line line, Collection<Instant> times) {
    var points = new JsonArray();
    for (Instant time : times) {
      var point = new JsonArray();
      point.add(time.toEpochMilli());
      if (line.values().containsKey(time)) {
        point.add(line.values().get(time).number());
      } else {
        point.add(JsonNull.INSTANCE);
      }
      points.add(point);
    }
    return points;
  }

  // ---- heat maps ---------------------------------------------------------------------------

  private static Optional<Amount.Histogram> histogramOf(Answer answer) {
    return answer.lines().stream()
        .flatMap(named -> named.line().values().values().stream())
        .filter(Amount.Histogram.class::isInstance)
        .map(Amount.Histogram.class::cast)
        .findFirst();
  }

  /** All buckets from the lowest to the highest that has something in it, with their bounds. */
  private static void heatMap(JsonObject json, Answer answer, Amount.Histogram any) {
    NavigableMap<Instant, Amount> values = answer.lines().getFirst().line().values();
    List<Amount.Histogram> all =
        values.values().stream().map(Amount.Histogram.class::cast).toList();
    int[] filled =
        IntStream.range(0, any.counts().size() - 1)
            .filter(bucket -> all.stream().anyMatch(one -> one.counts().get(bucket) > 0))
            .toArray();
    int low = filled[0];
    int high = filled[filled.length - 1];
    var bounds = new JsonArray();
    IntStream.rangeClosed(low, high + 1).forEach(bucket -> bounds.add(any.bound(bucket)));
    json.add("bounds", bounds);
    var points = new JsonArray();
    values.forEach((time, amount) -> {
      var counts = new JsonArray();
      ((Amount.Histogram) amount).counts().subList(low, high + 1).forEach(counts::add);
      var point = new JsonArray();
      point.add(time.toEpochMilli());
      point.add(counts);
      points.add(point);
    });
    var line = new JsonObject();
    line.add("points", points);
    var lines = new JsonArray();
    lines.add(line);
    json.add("lines", lines);
  }

  private static JsonArray limits(List<Threshold> thresholds) {
    var limits = new JsonArray();
    for (Threshold threshold : thresholds) {
      var limit = new JsonObject();
      limit.addProperty("value", threshold.getValue());
      limit.addProperty("label", threshold.getLabel());
      limit.addProperty("color", threshold.getColor().name());
      limit.addProperty("direction", threshold.getDirection().name());
      limits.add(limit);
    }
    return limits;
  }
}
