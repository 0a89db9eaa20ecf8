package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.prefectgcm.dashboard.Layout.Place;
import java.util.stream.Collectors;

/**
 * Writes a dashboard as {@code google.monitoring.dashboard.v1.Dashboard}.
 *
 * <p>The API drops what is zero, empty or a default, and Terraform then sees a difference for ever;
 * so nothing of that kind is written.
 */
final class CloudMonitoringFormat {
  private static final int HEADER_HEIGHT = 4;

  /** About how many characters a line of text has over the whole width. */
  private static final int LINE = 200;

  private CloudMonitoringFormat() {}

  static String write(Dashboard dashboard) {
    return Json.text(
        object(
            "displayName",
            dashboard.title(),
            "dashboardFilters",
            array(dashboard.filters(), CloudMonitoringFormat::filter),
            "mosaicLayout",
            object("columns", Panel.COLUMNS, "tiles", tiles(dashboard))));
  }

  /** Without a template variable a filter acts on every widget whose series have the label. */
  private static JsonObject filter(Filter filter) {
    return object(
        "labelKey",
        filter.label(),
        "filterType",
        filter.ofResource() ? "RESOURCE_LABEL" : "METRIC_LABEL");
  }

  private static JsonArray tiles(Dashboard dashboard) {
    var layout = new Layout<JsonObject>(Panel.COLUMNS);
    addText(layout, dashboard.about());
    for (Section section : dashboard.sections()) {
      layout.add(header(section), Panel.COLUMNS, HEADER_HEIGHT);
      for (Panel panel : section.panels()) {
        layout.add(CloudMonitoringWidget.of(panel), panel.width(), panel.height());
      }
      layout.endRow();
      addText(layout, meanings(section));
    }
    return array(layout.places(), CloudMonitoringFormat::tile);
  }

  private static JsonObject header(Section section) {
    return object(
        "title",
        section.title(),
        "sectionHeader",
        object("subtitle", section.subtitle(), "dividerBelow", true));
  }

  /** Widgets have no descriptions, so what they mean stands in a text below them. */
  private static String meanings(Section section) {
    return section.panels().stream()
        .filter(panel -> panel.view() != View.TEXT)
        .map(panel -> "- **" + panel.title() + "**: " + panel.meaning())
        .collect(Collectors.joining("\n"));
  }

  private static void addText(Layout<JsonObject> layout, String markdown) {
    int lines = markdown.lines().mapToInt(line -> 1 + line.length() / LINE).sum();
    layout.add(
        object("text", object("content", markdown, "format", "MARKDOWN")),
        Panel.COLUMNS,
        2 + lines);
  }

  private static JsonObject tile(Place<JsonObject> place) {
    JsonObject tile = object();
    if (place.x() > 0) {
      tile.addProperty("xPos", place.x());
    }
    if (place.y() > 0) {
      tile.addProperty("yPos", place.y());
    }
    tile.addProperty("width", place.width());
    tile.addProperty("height", place.height());
    tile.add("widget", place.what());
    return tile;
  }
}
