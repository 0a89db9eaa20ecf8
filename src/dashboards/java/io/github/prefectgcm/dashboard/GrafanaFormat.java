package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.prefectgcm.dashboard.Layout.Place;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a dashboard for Grafana and its data source Google Cloud Monitoring.
 *
 * <p>Data source and project are variables, so that it can be imported into any Grafana as it is.
 */
final class GrafanaFormat {
  static final JsonObject DATA_SOURCE = object("type", "stackdriver", "uid", "${datasource}");

  private static final int COLUMNS = 24;

  /** Grafana's rows are higher than Cloud Monitoring's. */
  private static final double ROW = 0.57;

  private GrafanaFormat() {}

  static String write(Dashboard dashboard) {
    return Json.text(
        object(
            "uid",
            "prefect-gcm-" + dashboard.file(),
            "title",
            dashboard.title(),
            "description",
            dashboard.about(),
            "tags",
            array("prefect-gcm"),
            "schemaVersion",
            39,
            "editable",
            true,
            "graphTooltip",
            1,
            "time",
            object("from", "now-24h", "to", "now"),
            "refresh",
            "5m",
            "links",
            array(others()),
            "templating",
            object("list", variables(dashboard)),
            "panels",
            panels(dashboard)));
  }

  private static JsonObject others() {
    return object(
        "type",
        "dashboards",
        "title",
        "prefect-gcm",
        "tags",
        array("prefect-gcm"),
        "asDropdown",
        false,
        "icon",
        "external link",
        "includeVars",
        true,
        "keepTime",
        true,
        "targetBlank",
        false,
        "tooltip",
        "");
  }

  private static JsonArray variables(Dashboard dashboard) {
    var variables = new ArrayList<JsonObject>();
    variables.add(
        object(
            "type",
            "datasource",
            "name",
            "datasource",
            "label",
            "Data source",
            "query",
            "stackdriver",
            "refresh",
            1));
    variables.add(query("project", "Project", question("projects", "", "", "")));
    dashboard.filters().stream().map(GrafanaFormat::filter).forEach(variables::add);
    return array(variables, one -> one);
  }

  private static JsonObject filter(Filter filter) {
    String type = Vocabulary.PREFIX + filter.metric();
    JsonObject variable =
        query(
            filter.variable(),
            filter.title(),
            question("labelValues", "$project", type, filter.path()));
    variable.addProperty("multi", true);
    variable.addProperty("includeAll", true);
    variable.addProperty("allValue", ".*");
    variable.addProperty("sort", 1);
    variable.add("current", object("text", array("All"), "value", array("$__all")));
    return variable;
  }

  private static JsonObject query(String name, String label, JsonObject question) {
    return object(
        "type",
        "query",
        "name",
        name,
        "label",
        label,
        "datasource",
        DATA_SOURCE,
        "query",
        question,
        "refresh",
        1);
  }

  private static JsonObject question(String what, String project, String type, String label) {
    return object(
        "refId",
        "CloudMonitoringVariableQueryEditor-VariableQuery",
        "selectedQueryType",
        what,
        "projectName",
        project,
        "selectedService",
        type.isEmpty() ? "" : type.substring(0, type.indexOf('/')),
        "selectedMetricType",
        type,
        "labelKey",
        label);
  }

  private static JsonArray panels(Dashboard dashboard) {
    var layout = new Layout<JsonObject>(COLUMNS);
    layout.add(GrafanaPanel.text("", dashboard.about()), COLUMNS, 3);
    for (Section section : dashboard.sections()) {
      layout.add(row(section), COLUMNS, 1);
      for (Panel panel : section.panels()) {
        layout.add(
            GrafanaPanel.of(panel, dashboard.filters()),
            panel.width() * COLUMNS / Panel.COLUMNS,
            (int) Math.round(panel.height() * ROW));
      }
      layout.endRow();
    }
    return placed(layout.places());
  }

  private static JsonObject row(Section section) {
    return object("type", "row", "title", section.title(), "collapsed", false, "panels", array());
  }

  private static JsonArray placed(List<Place<JsonObject>> places) {
    var panels = new JsonArray();
    for (Place<JsonObject> place : places) {
      JsonObject panel = place.what();
      panel.addProperty("id", panels.size() + 1);
      panel.add(
          "gridPos",
          object("x", place.x(), "y", place.y(), "w", place.width(), "h", place.height()));
      panels.add(panel);
    }
    return panels;
  }
}
