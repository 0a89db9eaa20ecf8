package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a query as {@code google.monitoring.dashboard.v1.TimeSeriesQuery}. */
final class CloudMonitoringQuery {
  private CloudMonitoringQuery() {}

  static JsonObject of(PanelQuery query) {
    JsonObject json =
        switch (query) {
          case Standard standard -> object("timeSeriesFilter", standard(standard));
          case Ratio ratio ->
              object(
                  "timeSeriesFilterRatio",
                  object(
                      "numerator",
                      part(ratio.numerator()),
                      "denominator",
                      part(ratio.denominator())),
                  "unitOverride",
                  ratio.unit().ucum());
          case PromQl promQl ->
              object("prometheusQuery", promQl.text(), "unitOverride", promQl.unit().ucum());
        };
    if (overall(query)) {
      json.addProperty("outputFullDuration", true);
    }
    return json;
  }

  static boolean overall(PanelQuery query) {
    return switch (query) {
      case Standard standard -> standard.overall();
      case Ratio ratio -> ratio.numerator().overall();
      case PromQl _ -> false;
    };
  }

  private static JsonObject standard(Standard query) {
    JsonObject json = part(query);
    if (query.top().isPresent()) {
      json.add(
          "pickTimeSeriesFilter",
          object(
              "rankingMethod",
              "METHOD_LATEST",
              "numTimeSeries",
              query.top().getAsInt(),
              "direction",
              "TOP"));
    }
    return json;
  }

  private static JsonObject part(Standard query) {
    JsonObject aggregation =
        object(
            "alignmentPeriod",
            query.period().toSeconds() + "s",
            "perSeriesAligner",
            query.aligner(),
            "crossSeriesReducer",
            query.reducer());
    if (!query.by().isEmpty()) {
      aggregation.add("groupByFields", array(query.by(), query::path));
    }
    return object("filter", filter(query), "aggregation", aggregation);
  }

  private static String filter(Standard query) {
    return "metric.type = \"%s\" AND resource.type = \"%s\""
            .formatted(query.metricType(), query.resourceType())
        + query.where().entrySet().stream()
            .map(label -> " AND " + query.path(label.getKey()) + " = " + values(label.getValue()))
            .collect(Collectors.joining());
  }

  private static String values(List<String> values) {
    String quoted =
        values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(", "));
    return values.size() == 1 ? quoted : "one_of(" + quoted + ")";
  }
}
