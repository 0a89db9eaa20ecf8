package io.github.prefectgcm.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.dashboard.v1.Dashboard;
import com.google.monitoring.dashboard.v1.MosaicLayout.Tile;
import com.google.monitoring.dashboard.v1.Widget;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.query.Evaluator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Renders a dashboard of Cloud Monitoring over stored points, about as its console does. Panels
 * with nothing to draw are left out, their neighbours take their place, and the page says so once.
 */
final class DashboardPage {
  private static final String PREVIEW =
      "A preview, drawn from the points that the job wrote, about as Cloud Monitoring’s console"
          + " draws them; filters, and another time, are to be had there.";

  private record Placed(Tile tile, Answer answer) {}

  private final int columns;
  private final List<Placed> shown = new ArrayList<>();
  private final Map<LeftOut, Set<String>> leftOut = new EnumMap<>(LeftOut.class);
  private final JsonArray blocks = new JsonArray();

  private DashboardPage(Dashboard dashboard, Evaluator evaluator) {
    columns = dashboard.getMosaicLayout().getColumns();
    for (Tile tile : dashboard.getMosaicLayout().getTilesList()) {
      Answer answer = Answer.of(tile.getWidget(), evaluator);
      answer
          .leftOut()
          .ifPresentOrElse(
              why -> leftOut.computeIfAbsent(why, _ -> new TreeSet<>()).add(answer.title()),
              () -> shown.add(new Placed(tile, answer)));
    }
  }

  static String render(Dashboard dashboard, Outcome outcome, JsonArray pages) {
    Window time = outcome.dashboards();
    var evaluator = new Evaluator(outcome.stored(), time.start(), time.end());
    var page = new DashboardPage(dashboard, evaluator);
    page.layOut();
    var data = new JsonObject();
    data.add("pages", pages);
    data.addProperty("title", dashboard.getDisplayName());
    data.addProperty("subject", outcome.facts().title());
    data.addProperty("preview", PREVIEW);
    data.addProperty("from", time.start().toEpochMilli());
    data.addProperty("to", time.end().toEpochMilli());
    data.add("blocks", page.blocks);
    data.add("leftOut", page.reasons());
    return PageTemplate.fill(
        "/demo/dashboard.html",
        List.of("/demo/base.js", "/demo/panels.js", "/demo/dashboard.js"),
        data);
  }

  private void layOut() {
    var tones =
        new Tones(
            shown.stream()
                .map(one -> one.answer().lines())
                .filter(lines -> lines.size() > 1)
                .flatMap(lines -> lines.stream().map(Answer.Named::name))
                .toList());
    int at = 0;
    while (at < shown.size()) {
      Widget widget = shown.get(at).tile().getWidget();
      if (widget.hasSectionHeader()) {
        if (at + 1 < shown.size() && isPanel(shown.get(at + 1))) {
          JsonObject header = block("header", widget.getSectionHeader().getSubtitle());
          header.addProperty("title", widget.getTitle());
        }
        at++;
      } else if (isPanel(shown.get(at))) {
        int y = shown.get(at).tile().getYPos();
        List<Placed> row =
            shown.subList(at, shown.size()).stream()
                .takeWhile(one -> isPanel(one) && one.tile().getYPos() == y)
                .toList();
        block("row", "").add("panels", panels(row, tones));
        at += row.size();
      } else {
        text(widget.getText().getContent());
        at++;
      }
    }
  }

  private static boolean isPanel(Placed placed) {
    Widget widget = placed.tile().getWidget();
    return !widget.hasSectionHeader() && !widget.getTitle().isEmpty();
  }

  private JsonObject block(String kind, String text) {
    var block = new JsonObject();
    block.addProperty("block", kind);
    block.addProperty("text", text);
    blocks.add(block);
    return block;
  }

  /** Below a section stands what its panels mean; not of those that are not there. */
  private void text(String text) {
    if (!text.startsWith("- **")) {
      block("text", text);
      return;
    }
    Set<String> there = shown.stream().map(one -> one.answer().title()).collect(Collectors.toSet());
    String left =
        text.lines()
            .filter(line -> there.contains(line.substring("- **".length(), line.indexOf("**: "))))
            .collect(Collectors.joining("\n"));
    if (!left.isEmpty()) {
      block("meanings", left);
    }
  }

  /** Panels side by side fill the width; numbers alone do not need it. */
  private JsonArray panels(List<Placed> row, Tones tones) {
    boolean numbers = row.stream().allMatch(one -> one.tile().getWidget().hasScorecard());
    int width = numbers ? columns : row.stream().mapToInt(one -> one.tile().getWidth()).sum();
    var panels = new JsonArray();
    int x = 0;
    int sum = 0;
    for (Placed one : row) {
      sum += one.tile().getWidth();
      int end = columns * sum / width;
      JsonObject panel = PanelData.of(one.answer(), tones);
      panel.addProperty("width", end - x);
      panel.addProperty("height", one.tile().getHeight());
      panels.add(panel);
      x = end;
    }
    return panels;
  }

  private JsonArray reasons() {
    var reasons = new JsonArray();
    leftOut.forEach((why, titles) -> reasons.add(String.join(", ", titles) + ": " + why.reason()));
    return reasons;
  }
}
