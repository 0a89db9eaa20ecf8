package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.stream.Collectors;

/** Writes a panel as {@code google.monitoring.dashboard.v1.Widget}. */
final class CloudMonitoringWidget {
  private CloudMonitoringWidget() {}

  static JsonObject of(Panel panel) {
    JsonObject widget = object("title", panel.title());
    switch (panel.view()) {
      case CARD -> widget.add("scorecard", scorecard(panel));
      case LINES -> widget.add("xyChart", chart(panel, "LINE"));
      case AREAS -> widget.add("xyChart", chart(panel, "STACKED_AREA"));
      case BARS -> widget.add("xyChart", chart(panel, "STACKED_BAR"));
      case HEAT_MAP -> widget.add("xyChart", chart(panel, "HEATMAP"));
      case TABLE -> widget.add("timeSeriesTable", table(panel));
      case TEXT -> widget.add("text", object("content", panel.meaning(), "format", "MARKDOWN"));
    }
    return widget;
  }

  private static JsonObject scorecard(Panel panel) {
    PanelQuery query = panel.queries().getFirst();
    JsonObject card = object("timeSeriesQuery", CloudMonitoringQuery.of(query));
    if (!CloudMonitoringQuery.overall(query)) {
      // One value for the whole time has no course to show.
      card.add(
          "sparkChartView",
          object("sparkChartType", "SPARK_LINE", "minAlignmentPeriod", seconds(period(query))));
    }
    if (!panel.limits().isEmpty()) {
      card.add("thresholds", array(panel.limits(), CloudMonitoringWidget::colored));
    }
    return card;
  }

  private static JsonObject colored(Limit limit) {
    return object(
        "label",
        limit.label(),
        "value",
        limit.value(),
        "color",
        limit.severity() == Limit.Severity.WARNING ? "YELLOW" : "RED",
        "direction",
        limit.side().name());
  }

  private static JsonObject chart(Panel panel, String plotType) {
    JsonObject chart =
        object("dataSets", array(panel.queries(), query -> dataSet(query, plotType)));
    if (!panel.limits().isEmpty()) {
      chart.add(
          "thresholds",
          array(panel.limits(), limit -> object("label", limit.label(), "value", limit.value())));
    }
    return chart;
  }

  private static JsonObject dataSet(PanelQuery query, String plotType) {
    JsonObject dataSet =
        object("timeSeriesQuery", CloudMonitoringQuery.of(query), "plotType", plotType);
    String legend = legend(query);
    if (!legend.isEmpty() && !plotType.equals("HEATMAP")) {
      dataSet.addProperty("legendTemplate", legend);
    }
    dataSet.addProperty("minAlignmentPeriod", seconds(period(query)));
    return dataSet;
  }

  private static JsonObject table(Panel panel) {
    return object(
        "dataSets",
        array(
            panel.queries(),
            query ->
                object(
                    "timeSeriesQuery",
                    CloudMonitoringQuery.of(query),
                    "minAlignmentPeriod",
                    seconds(period(query)))),
        "metricVisualization",
        "BAR");
  }

  private static String legend(PanelQuery query) {
    return switch (query) {
      case Standard standard when standard.by().isEmpty() -> standard.name();
      case Standard standard ->
          standard.by().stream()
              .map(label -> "${" + standard.path(label).replace("label.", "labels.") + "}")
              .collect(Collectors.joining(" / "));
      case Ratio ratio -> legend(ratio.numerator());
      case PromQl _ -> "";
    };
  }

  private static Duration period(PanelQuery query) {
    return switch (query) {
      case Standard standard -> standard.period();
      case Ratio ratio -> ratio.numerator().period();
      case PromQl _ -> Standard.PERIOD;
    };
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + "s";
  }
}
