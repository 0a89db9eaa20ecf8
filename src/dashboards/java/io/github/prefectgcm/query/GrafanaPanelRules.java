package io.github.prefectgcm.query;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import com.google.monitoring.dashboard.v1.Aggregation.Reducer;
import io.github.prefectgcm.promql.PromqlCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a panel of Grafana must be like. */
final class GrafanaPanelRules {
  private static final Set<String> TYPES = Set.of("stat", "timeseries", "heatmap", "table");

  private static final Pattern TEN = Pattern.compile("\\bthe ten\\b");
  private static final Pattern OPERAND = Pattern.compile("\\$(\\w+)");

  private final List<String> problems = new ArrayList<>();

  private GrafanaPanelRules() {}

  static List<String> problems(JsonObject panel) {
    var rules = new GrafanaPanelRules();
    String type = panel.has("type") ? panel.get("type").getAsString() : "";
    switch (type) {
      case "row" -> rules.problems.addAll(GrafanaSchema.ROW.problems(panel));
      case "text" -> rules.problems.addAll(GrafanaSchema.TEXT.problems(panel));
      default -> rules.panel(type, panel);
    }
    return rules.problems;
  }

  private void panel(String type, JsonObject panel) {
    require(TYPES.contains(type), "is a panel of type " + type);
    problems.addAll(GrafanaSchema.PANEL.problems(panel));
    if (!problems.isEmpty()) {
      return;
    }
    var names = new HashSet<String>();
    for (JsonElement each : panel.getAsJsonArray("targets")) {
      JsonObject target = each.getAsJsonObject();
      try {
        if (source(target).equals("__expr__")) {
          expression(target, names);
        } else {
          target(target, type.equals("heatmap"));
        }
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
      require(names.add(text(target, "refId")), "has two queries of one name");
    }
    require(!names.isEmpty(), "shows nothing");
    require(!TEN.matcher(panel.toString()).find() || limited(panel), "shows more than ten");
  }

  /** The form of the data source picks nothing: PromQL does, or the panel afterwards. */
  private static boolean limited(JsonObject panel) {
    String json = panel.toString();
    return json.contains("\"limitField\":10") || json.contains("\"topk(10, ");
  }

  /** What Grafana itself works out of the queries before. */
  private void expression(JsonObject target, Set<String> before) {
    boolean sum = text(target, "type").equals("reduce");
    require(sum || text(target, "type").equals("math"), "works out " + text(target, "type"));
    List<String> found = (sum ? GrafanaSchema.SUM : GrafanaSchema.MATH).problems(target);
    problems.addAll(found);
    if (found.isEmpty()) {
      String expression = text(target, "expression");
      Set<String> operands =
          sum
              ? Set.of(expression)
              : OPERAND
                  .matcher(expression)
                  .results()
                  .map(operand -> operand.group(1))
                  .collect(Collectors.toSet());
      require(!operands.isEmpty(), "works with nothing: " + expression);
      operands.stream()
          .filter(name -> !before.contains(name))
          .forEach(name -> problems.add("no query is called " + name));
      require(!sum || text(target, "reducer").equals("sum"), "reduces by another sum");
    }
  }

  private static String source(JsonObject target) {
    return target.has("datasource") ? text(target.getAsJsonObject("datasource"), "type") : "";
  }

  private void target(JsonObject target, boolean heatMap) {
    String kind = text(target, "queryType");
    boolean list = kind.equals("timeSeriesList");
    require(list || kind.equals("promQL"), "asks by " + kind);
    List<String> found =
        (list ? GrafanaSchema.LIST_TARGET : GrafanaSchema.PROMQL_TARGET).problems(target);
    problems.addAll(found);
    if (found.isEmpty()) {
      require(source(target).equals("stackdriver"), "asks another data source");
      if (list) {
        list(target.getAsJsonObject("timeSeriesList"), heatMap);
      } else {
        promQl(target.getAsJsonObject("promQLQuery"));
      }
    }
  }

  private void list(JsonObject list, boolean heatMap) {
    List<String> found = GrafanaSchema.LIST.problems(list);
    problems.addAll(found);
    if (found.isEmpty()) {
      var selection =
          new Selection(
              MetricFilter.ofGrafana(texts(list.getAsJsonArray("filters"))),
              Aligner.valueOf(text(list, "perSeriesAligner")),
              Reducer.valueOf(text(list, "crossSeriesReducer")),
              texts(list.getAsJsonArray("groupBys")),
              seconds(text(list, "alignmentPeriod").replaceFirst("^\\+", "")));
      problems.addAll(
          heatMap
              ? SelectionRules.problemsInHeatMap(selection)
              : SelectionRules.problems(selection));
    }
  }

  private void promQl(JsonObject query) {
    List<String> found = GrafanaSchema.PROMQL.problems(query);
    problems.addAll(found);
    if (found.isEmpty()) {
      seconds(text(query, "step"));
      String interpolated = text(query, "expr").replaceAll("\\$\\{\\w+:pipe}", ".*");
      require(
          !interpolated.contains("$"),
          "has a variable that the data source does not make a pattern of: " + interpolated);
      problems.addAll(PromqlCheck.problems(interpolated.replaceAll("\\$\\w+", "1d")));
    }
  }

  private static Duration seconds(String text) {
    if (!text.matches("\\d+s")) {
      throw new IllegalArgumentException("is aligned to " + text);
    }
    return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
  }

  private static String text(JsonObject object, String key) {
    return object.has(key) ? object.get(key).getAsString() : "";
  }

  private static List<String> texts(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private void require(boolean fact, String otherwise) {
    if (!fact) {
      problems.add(otherwise);
    }
  }
}
