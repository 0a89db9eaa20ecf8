package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Json.array;
import static io.github.prefectgcm.dashboard.Json.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a query for Grafana's data source. Its form knows no ratios, so those are asked for in
 * PromQL; the counters are such that both say the same. The data source does not put the time shown
 * into PromQL, so a ratio for the whole time is worked out by Grafana from two sums.
 */
final class GrafanaTarget {
  private static final String PROJECT = "$project";

  private GrafanaTarget() {}

  static JsonArray all(Panel panel, List<Filter> filters) {
    var targets = new JsonArray();
    for (PanelQuery query : panel.queries()) {
      if (query instanceof Ratio ratio && overall(ratio)) {
        return ofSums(ratio, filters);
      }
      targets.add(of(query, panel.view(), filters, (char) ('A' + targets.size())));
    }
    return targets;
  }

  static boolean overall(PanelQuery query) {
    return CloudMonitoringQuery.overall(query);
  }

  /** How many series at most. */
  static int most(PanelQuery query) {
    return query instanceof Standard standard ? standard.top().orElse(100) : 100;
  }

  /** Two sums that are not shown, and one divided by the other. */
  private static JsonArray ofSums(Ratio ratio, List<Filter> filters) {
    return array(
        hidden(of(ratio.numerator(), View.CARD, filters, 'A')),
        hidden(of(ratio.denominator(), View.CARD, filters, 'B')),
        hidden(sum("C", "A")),
        hidden(sum("D", "B")),
        expression("E", "math", "$C / $D"));
  }

  private static JsonObject hidden(JsonObject target) {
    target.addProperty("hide", true);
    return target;
  }

  private static JsonObject sum(String name, String of) {
    JsonObject sum = expression(name, "reduce", of);
    sum.addProperty("reducer", "sum");
    sum.add("settings", object("mode", "dropNN"));
    return sum;
  }

  private static JsonObject expression(String name, String type, String expression) {
    return object(
        "refId",
        name,
        "datasource",
        object("type", "__expr__", "uid", "__expr__"),
        "type",
        type,
        "expression",
        expression);
  }

  private static JsonObject of(PanelQuery query, View view, List<Filter> filters, char name) {
    JsonObject target =
        object("refId", String.valueOf(name), "datasource", GrafanaFormat.DATA_SOURCE);
    switch (query) {
      case Standard standard when view == View.LINES && standard.top().isPresent() ->
          addPromQl(
              target,
              GrafanaPromQl.highest(standard, standard.top().getAsInt(), filters),
              standard);
      case Standard standard -> {
        target.addProperty("queryType", "timeSeriesList");
        target.addProperty("aliasBy", alias(standard, view));
        target.add("timeSeriesList", list(standard, filters));
      }
      case Ratio ratio -> addPromQl(target, GrafanaPromQl.of(ratio, filters), ratio.numerator());
      case PromQl promQl -> addPromQl(target, promQl.text(), Standard.PERIOD.toSeconds());
    }
    return target;
  }

  private static void addPromQl(JsonObject target, String text, Standard query) {
    addPromQl(target, text, query.period().toSeconds());
  }

  /**
   * Adds a query in PromQL. The data source takes a target without a form for one of an old version
   * and drops its PromQL, so there is an empty form beside it.
   */
  private static void addPromQl(JsonObject target, String text, long step) {
    target.addProperty("queryType", "promQL");
    target.add("timeSeriesList", object("projectName", "", "crossSeriesReducer", ""));
    target.add("promQLQuery", object("projectName", PROJECT, "expr", text, "step", step + "s"));
  }

  private static String alias(Standard query, View view) {
    if (view == View.HEAT_MAP) {
      return "{{bucket}}";
    }
    if (query.by().isEmpty()) {
      return query.name();
    }
    return query.by().stream()
        .map(label -> "{{" + query.path(label) + "}}")
        .collect(Collectors.joining(" / "));
  }

  private static JsonObject list(Standard query, List<Filter> filters) {
    return object(
        "projectName",
        PROJECT,
        "filters",
        filters(query, filters),
        "groupBys",
        array(query.by(), query::path),
        "crossSeriesReducer",
        query.reducer(),
        "perSeriesAligner",
        query.aligner(),
        "alignmentPeriod",
        "+" + query.period().toSeconds() + "s",
        "preprocessor",
        "none",
        "view",
        "FULL");
  }

  /** Key, operator, value, AND, and so on. */
  private static JsonArray filters(Standard query, List<Filter> filters) {
    var terms = new ArrayList<List<String>>();
    terms.add(List.of("metric.type", "=", query.metricType()));
    terms.add(List.of("resource.type", "=", query.resourceType()));
    query
        .where()
        .forEach((label, values) ->
            terms.add(
                List.of(
                    query.path(label), values.size() == 1 ? "=" : "=~", String.join("|", values))));
    for (Filter filter : filters) {
      if (query.has(filter.label())) {
        terms.add(List.of(query.path(filter.label()), "=~", "$" + filter.variable()));
      }
    }
    var array = new JsonArray();
    for (List<String> term : terms) {
      if (!array.isEmpty()) {
        array.add("AND");
      }
      term.forEach(array::add);
    }
    return array;
  }
}
