package io.github.prefectgcm.query;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What objects of a Grafana dashboard have to hold and may hold, as the types of the npm package
 * {@code @grafana/schema} say; of what may be there only what dashboards here use.
 */
enum GrafanaSchema {
  DASHBOARD(
      Set.of("uid", "title", "schemaVersion", "templating", "panels", "time"),
      Set.of("description", "editable", "graphTooltip", "links", "refresh", "tags")),
  VARIABLE(
      Set.of("name", "type", "query"),
      Set.of(
          "allValue", "current", "datasource", "includeAll", "label", "multi", "refresh", "sort")),
  ROW(Set.of("type", "id", "title", "collapsed", "gridPos", "panels"), Set.of()),
  TEXT(Set.of("type", "id", "title", "gridPos", "options"), Set.of()),
  PANEL(
      Set.of("type", "id", "title", "gridPos", "datasource", "fieldConfig", "targets"),
      Set.of("description", "options", "transformations")),
  LIST_TARGET(
      Set.of("refId", "datasource", "queryType", "timeSeriesList"), Set.of("aliasBy", "hide")),
  LIST(
      Set.of("projectName", "crossSeriesReducer", "perSeriesAligner", "alignmentPeriod", "filters"),
      Set.of("groupBys", "preprocessor", "view")),
  SUM(Set.of("refId", "datasource", "type", "expression", "reducer"), Set.of("hide", "settings")),
  MATH(Set.of("refId", "datasource", "type", "expression"), Set.of("hide")),
  /** Without a form beside it, the data source takes it for a target of an old version. */
  PROMQL_TARGET(
      Set.of("refId", "datasource", "queryType", "promQLQuery", "timeSeriesList"), Set.of()),
  PROMQL(Set.of("projectName", "expr", "step"), Set.of());

  private final Set<String> required;
  private final Set<String> optional;

  GrafanaSchema(Set<String> required, Set<String> optional) {
    this.required = required;
    this.optional = optional;
  }

  List<String> problems(JsonObject object) {
    var problems = new ArrayList<String>();
    required.stream()
        .filter(key -> !object.has(key))
        .sorted()
        .forEach(key -> problems.add(key + " is missing in " + this));
    object.keySet().stream()
        .filter(key -> !required.contains(key) && !optional.contains(key))
        .forEach(key -> problems.add(key + " is unknown in " + this));
    return problems;
  }
}
