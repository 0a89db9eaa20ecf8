package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The data in pages, read back, and what is wrong with it. */
final class PagesRead {

  /** The data of one dashboard. */
  record Page(JsonObject data) {
    List<String> leftOut() {
      return objects(data, "leftOut").map(JsonElement::getAsString).toList();
    }

    Stream<JsonObject> panels() {
      return rows().flatMap(row -> objects(row, "panels").map(JsonElement::getAsJsonObject));
    }

    Stream<String> titles() {
      return panels().map(panel -> panel.get("title").getAsString());
    }

    private Stream<JsonObject> rows() {
      return objects(data, "blocks")
          .map(JsonElement::getAsJsonObject)
          .filter(block -> block.has("panels"));
    }
  }

  private final Map<String, JsonObject> pages = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  PagesRead(Map<String, String> files) {
    files.forEach((file, page) -> pages.put(file, DemoPageTest.data(page)));
  }

  Map<String, Page> dashboards() {
    var dashboards = new LinkedHashMap<String, Page>();
    pages.forEach((file, data) -> {
      if (data.has("blocks")) {
        dashboards.put(file, new Page(data));
      }
    });
    return dashboards;
  }

  Page dashboard(String file) {
    return Optional.ofNullable(dashboards().get(file)).orElseThrow();
  }

  long panels() {
    return dashboards().values().stream().flatMap(Page::panels).count();
  }

  /** Links that lead nowhere, panels without data, stacks out of step, colours taken twice. */
  List<String> problems() {
    problems.clear();
    pages.forEach((file, data) -> {
      List<JsonObject> links = objects(data, "pages").map(JsonElement::getAsJsonObject).toList();
      require(
          links.stream()
              .map(link -> link.get("file").getAsString())
              .toList()
              .equals(List.copyOf(pages.keySet())),
          file + " does not link to all pages");
      require(
          links.stream()
              .filter(link -> link.get("here").getAsBoolean())
              .allMatch(link -> link.get("file").getAsString().equals(file)),
          file + " takes itself for another");
    });
    dashboards()
        .forEach((file, page) -> {
          page.rows()
              .filter(row ->
                  objects(row, "panels").anyMatch(panel -> panel.getAsJsonObject().has("plot")))
              .forEach(row ->
                  require(
                      objects(row, "panels")
                              .mapToInt(panel -> panel.getAsJsonObject().get("width").getAsInt())
                              .sum()
                          == 48,
                      file + ": a row does not fill the width"));
          page.panels()
              .filter(panel -> !panel.get("kind").getAsString().equals("TEXT"))
              .forEach(panel -> panel(file + ": " + panel.get("title").getAsString(), panel));
        });
    return List.copyOf(problems);
  }

  private void panel(String name, JsonObject panel) {
    List<JsonObject> lines = objects(panel, "lines").map(JsonElement::getAsJsonObject).toList();
    require(!lines.isEmpty(), name + " is empty");
    require(
        lines.stream().noneMatch(line -> line.getAsJsonArray("points").isEmpty()),
        name + " has a line without points");
    if (panel.has("stacked") && panel.get("stacked").getAsBoolean()) {
      require(
          lines.stream().map(line -> times(line.getAsJsonArray("points"))).distinct().count() == 1,
          name + " stacks what is at different times");
    }
    if (panel.get("kind").getAsString().equals("XY_CHART") && !panel.has("bounds")) {
      Set<String> tones = new HashSet<>();
      lines.forEach(line ->
          require(
              tones.add(line.get("tone").getAsString()),
              name + " has two lines of the colour " + line.get("tone")));
      require(
          lines.stream().noneMatch(line -> line.get("name").getAsString().isBlank()),
          name + " has a line without a name");
    }
  }

  private static List<Long> times(JsonArray points) {
    return points.asList().stream()
        .map(point -> point.getAsJsonArray().get(0).getAsLong())
        .toList();
  }

  private void require(boolean fact, String otherwise) {
    if (!fact) {
      problems.add(otherwise);
    }
  }

  private static Stream<JsonElement> objects(JsonObject of, String key) {
    return StreamSupport.stream(of.getAsJsonArray(key).spliterator(), false);
  }
}
