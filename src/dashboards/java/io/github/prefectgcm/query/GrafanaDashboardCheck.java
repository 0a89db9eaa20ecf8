package io.github.prefectgcm.query;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.github.prefectgcm.query.Tiles.Tile;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a dashboard for Grafana. */
public final class GrafanaDashboardCheck {
  private static final int COLUMNS = 24;
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([a-z_]\\w*)(?::\\w+)?}|([a-z_]\\w*))");

  private final List<String> problems = new ArrayList<>();

  private GrafanaDashboardCheck() {}

  /** The problems, each with the panel that has it; none if all is well. */
  public static List<String> problems(String json) {
    var check = new GrafanaDashboardCheck();
    try {
      check.dashboard(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonSyntaxException | IllegalStateException e) {
      check.problems.add("no dashboard: " + e.getMessage());
    }
    return check.problems;
  }

  private void dashboard(JsonObject dashboard) {
    problems.addAll(GrafanaSchema.DASHBOARD.problems(dashboard));
    if (!problems.isEmpty()) {
      return;
    }
    Set<String> variables = variables(dashboard.getAsJsonObject("templating"));
    used(dashboard).stream()
        .filter(name -> !variables.contains(name))
        .forEach(name -> problems.add("no variable is called " + name));
    panels(dashboard.getAsJsonArray("panels"));
  }

  private Set<String> variables(JsonObject templating) {
    var names = new HashSet<>(Set.of("__all"));
    for (JsonElement each : templating.getAsJsonArray("list")) {
      JsonObject variable = each.getAsJsonObject();
      problems.addAll(GrafanaSchema.VARIABLE.problems(variable));
      names.add(variable.get("name").getAsString());
      if (variable.get("query").isJsonObject()) {
        choices(variable.getAsJsonObject("query"));
      }
    }
    return names;
  }

  /** A variable's values are those of a label: of a metric that has it. */
  private void choices(JsonObject query) {
    if (query.get("selectedQueryType").getAsString().equals("labelValues")) {
      String type = query.get("selectedMetricType").getAsString();
      String label = query.get("labelKey").getAsString();
      if (Vocabulary.metric(type).filter(metric -> metric.has(label)).isEmpty()) {
        problems.add(type + " is not written, or has no " + label + " to choose from");
      }
    }
  }

  private static Set<String> used(JsonElement json) {
    return VARIABLE
        .matcher(json.toString())
        .results()
        .map(GrafanaDashboardCheck::name)
        .collect(Collectors.toSet());
  }

  private static String name(MatchResult found) {
    return found.group(1) != null ? found.group(1) : found.group(2);
  }

  private void panels(JsonArray panels) {
    var ids = new HashSet<Integer>();
    var tiles = new ArrayList<Tile>();
    for (JsonElement each : panels) {
      JsonObject panel = each.getAsJsonObject();
      List<String> found = GrafanaPanelRules.problems(panel);
      String title = panel.has("title") ? panel.get("title").getAsString() : "a panel";
      found.forEach(problem -> problems.add(title + ": " + problem));
      if (found.isEmpty()) {
        if (!ids.add(panel.get("id").getAsInt())) {
          problems.add(title + ": has the id of another panel");
        }
        tiles.add(tile(title, panel.getAsJsonObject("gridPos")));
      }
    }
    problems.addAll(Tiles.problems(tiles, COLUMNS));
  }

  private static Tile tile(String title, JsonObject place) {
    return new Tile(
        title,
        place.get("x").getAsInt(),
        place.get("y").getAsInt(),
        place.get("w").getAsInt(),
        place.get("h").getAsInt());
  }
}
