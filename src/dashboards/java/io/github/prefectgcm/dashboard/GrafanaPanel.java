package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a panel for Grafana. */
final class GrafanaPanel {

  /** The same colours wherever these states are, as red is not for whatever comes second. */
  private static final JsonArray STATE_COLORS =
      array(
          color("completed", "blue"),
          color("failed", "red"),
          color("crashed", "orange"),
          color("cancelled", "gray"));

  private GrafanaPanel() {}

  static JsonObject of(Panel panel, List<Filter> filters) {
    return switch (panel.view()) {
      case CARD -> card(panel, filters);
      case LINES -> chart(panel, filters, "line", 0, false);
      case AREAS -> chart(panel, filters, "line", 60, true);
      case BARS -> chart(panel, filters, "bars", 80, true);
      case HEAT_MAP -> heatMap(panel, filters);
      case TABLE -> table(panel, filters);
      case TEXT -> text(panel.title(), panel.meaning());
    };
  }

  static JsonObject text(String title, String markdown) {
    return object(
        "type", "text", "title", title, "options", object("mode", "markdown", "content", markdown));
  }

  private static JsonObject card(Panel panel, List<Filter> filters) {
    PanelQuery query = panel.queries().getFirst();
    JsonObject json = panel("stat", panel, filters, object());
    json.add(
        "options",
        object(
            "reduceOptions",
            object("calcs", array(calculation(query)), "fields", "", "values", false),
            "colorMode",
            "value",
            "graphMode",
            GrafanaTarget.overall(query) ? "none" : "area"));
    return json;
  }

  private static JsonObject chart(
      Panel panel, List<Filter> filters, String style, int opacity, boolean stacked) {
    JsonObject custom =
        object(
            "drawStyle",
            style,
            "fillOpacity",
            opacity,
            "lineWidth",
            stacked ? 0 : 2,
            "showPoints",
            "never",
            "stacking",
            object("mode", stacked ? "normal" : "none", "group", "A"),
            "thresholdsStyle",
            object("mode", panel.limits().isEmpty() ? "off" : "dashed"));
    JsonObject json = panel("timeseries", panel, filters, custom);
    json.add(
        "options",
        object(
            "legend",
            object("displayMode", "list", "placement", "bottom", "showLegend", true),
            "tooltip",
            object("mode", "multi", "sort", "desc")));
    return json;
  }

  private static JsonObject heatMap(Panel panel, List<Filter> filters) {
    JsonObject json = panel("heatmap", panel, filters, object());
    json.add(
        "options",
        object(
            "calculate",
            false,
            "cellGap",
            1,
            "color",
            object("mode", "scheme", "scheme", "Blues", "steps", 32),
            "yAxis",
            object("unit", panel.queries().getFirst().unit().grafana())));
    return json;
  }

  /** The data source cannot pick the highest series, so the panel does. */
  private static JsonObject table(Panel panel, List<Filter> filters) {
    PanelQuery query = panel.queries().getFirst();
    boolean total = calculation(query).equals("sum");
    JsonObject json = panel("table", panel, filters, object());
    json.add(
        "transformations",
        array(
            object("id", "reduce", "options", object("reducers", array(calculation(query)))),
            object(
                "id",
                "sortBy",
                "options",
                object("sort", array(object("field", total ? "Total" : "Last *", "desc", true)))),
            object("id", "limit", "options", object("limitField", GrafanaTarget.most(query)))));
    return json;
  }

  private static JsonObject panel(
      String type, Panel panel, List<Filter> filters, JsonObject custom) {
    return object(
        "type",
        type,
        "title",
        panel.title(),
        "description",
        panel.meaning(),
        "datasource",
        GrafanaFormat.DATA_SOURCE,
        "fieldConfig",
        object("defaults", defaults(panel, custom), "overrides", overrides(panel)),
        "targets",
        GrafanaTarget.all(panel, filters));
  }

  private static JsonArray overrides(Panel panel) {
    return panel.queries().getFirst() instanceof Standard query && query.by().contains("state")
        ? STATE_COLORS
        : array();
  }

  private static JsonObject defaults(Panel panel, JsonObject custom) {
    JsonObject defaults =
        object(
            "unit",
            panel.queries().getFirst().unit().grafana(),
            "min",
            0,
            "thresholds",
            object("mode", "absolute", "steps", steps(panel.limits())),
            "custom",
            custom);
    // Series that PromQL answers with have labels, but no alias.
    List<String> labels =
        switch (panel.queries().getFirst()) {
          case Ratio ratio -> ratio.numerator().by();
          case Standard top when panel.view() == View.LINES && top.top().isPresent() -> top.by();
          case Standard _, PromQl _ -> List.of();
        };
    if (!labels.isEmpty()) {
      defaults.addProperty(
          "displayName",
          labels.stream()
              .map(label -> "${__field.labels." + label + "}")
              .collect(Collectors.joining(" / ")));
    }
    return defaults;
  }

  /** Each step's colour holds from its value on; the first one's from below. */
  private static JsonArray steps(List<Limit> limits) {
    var steps = new JsonArray();
    boolean below = limits.stream().anyMatch(limit -> limit.side() == Limit.Side.BELOW);
    JsonObject first = object("color", below ? color(limits.getFirst()) : "green");
    first.add("value", JsonNull.INSTANCE);
    steps.add(first);
    for (Limit limit : limits) {
      steps.add(object("color", below ? "green" : color(limit), "value", limit.value()));
    }
    return steps;
  }

  private static String color(Limit limit) {
    return limit.severity() == Limit.Severity.WARNING ? "yellow" : "red";
  }

  private static JsonObject color(String series, String color) {
    return object(
        "matcher",
        object("id", "byName", "options", series),
        "properties",
        array(object("id", "color", "value", object("mode", "fixed", "fixedColor", color))));
  }

  /** What makes one number of a series. A ratio for the whole time comes as its last value. */
  private static String calculation(PanelQuery query) {
    return query instanceof Standard standard && standard.overall() ? "sum" : "lastNotNull";
  }
}
