package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.Dashboard;
import com.google.monitoring.dashboard.v1.MosaicLayout.Tile;
import com.google.monitoring.dashboard.v1.Threshold;
import com.google.monitoring.dashboard.v1.Widget;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.query.Evaluator;
import java.util.List;

/** Renders a dashboard of Cloud Monitoring over stored points, about as its console does. */
final class DashboardPage {
  private DashboardPage() {}

  static String render(Dashboard dashboard, Window time, Evaluator evaluator) {
    var data = new JsonObject();
    data.addProperty("title", dashboard.getDisplayName());
    data.addProperty("from", time.start().toEpochMilli());
    data.addProperty("to", time.end().toEpochMilli());
    var filters = new JsonArray();
    dashboard.getDashboardFiltersList().forEach(filter -> filters.add(filter.getLabelKey()));
    data.add("filters", filters);
    var tiles = new JsonArray();
    for (Tile tile : dashboard.getMosaicLayout().getTilesList()) {
      tiles.add(tile(tile, evaluator));
    }
    data.add("tiles", tiles);
    return PageTemplate.fill("/demo/dashboard.html", "/demo/dashboard.js", data);
  }

  private static JsonObject tile(Tile tile, Evaluator evaluator) {
    JsonObject json = widget(tile.getWidget(), evaluator);
    json.addProperty("x", tile.getXPos());
    json.addProperty("y", tile.getYPos());
    json.addProperty("width", tile.getWidth());
    json.addProperty("height", tile.getHeight());
    json.addProperty("title", tile.getWidget().getTitle());
    return json;
  }

  private static JsonObject widget(Widget widget, Evaluator evaluator) {
    var json = new JsonObject();
    json.addProperty("kind", widget.getContentCase().name());
    switch (widget.getContentCase()) {
      case TEXT -> json.addProperty("text", widget.getText().getContent());
      case SECTION_HEADER -> json.addProperty("text", widget.getSectionHeader().getSubtitle());
      case SCORECARD -> {
        var card = widget.getScorecard();
        json.add("lines", WidgetAnswer.of(card.getTimeSeriesQuery(), "", evaluator));
        json.addProperty("unit", WidgetAnswer.unit(card.getTimeSeriesQuery()));
        json.addProperty("promQl", card.getTimeSeriesQuery().hasPrometheusQuery());
        json.add("limits", limits(card.getThresholdsList()));
      }
      case XY_CHART -> {
        var chart = widget.getXyChart();
        json.addProperty("plot", chart.getDataSets(0).getPlotType().name());
        var lines = new JsonArray();
        chart
            .getDataSetsList()
            .forEach(set ->
                lines.addAll(
                    WidgetAnswer.of(set.getTimeSeriesQuery(), set.getLegendTemplate(), evaluator)));
        json.add("lines", lines);
        json.addProperty("unit", WidgetAnswer.unit(chart.getDataSets(0).getTimeSeriesQuery()));
        json.add("limits", limits(chart.getThresholdsList()));
      }
      case TIME_SERIES_TABLE -> {
        var query = widget.getTimeSeriesTable().getDataSets(0).getTimeSeriesQuery();
        json.add("lines", WidgetAnswer.of(query, "", evaluator));
        json.addProperty("unit", WidgetAnswer.unit(query));
      }
      default -> throw new IllegalArgumentException("not drawn: " + widget.getContentCase());
    }
    return json;
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
