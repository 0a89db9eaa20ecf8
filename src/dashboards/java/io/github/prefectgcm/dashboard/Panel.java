package io.github.prefectgcm.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel.
 *
 * @param meaning one or two sentences: what it means, and what to do about it
 * @param limits from the mildest to the worst
 * @param width in columns, of which a dashboard has {@value #COLUMNS}
 * @param height in rows, which are as high as columns are wide
 */
record Panel(
    String title,
    String meaning,
    View view,
    List<PanelQuery> queries,
    List<Limit> limits,
    int width,
    int height) {
  static final int COLUMNS = 48;

  Panel {
    queries = List.copyOf(queries);
    limits = List.copyOf(limits);
  }

  static Panel card(String title, String meaning, PanelQuery query, Limit... limits) {
    return new Panel(title, meaning, View.CARD, List.of(query), List.of(limits), 12, 7);
  }

  static Panel lines(String title, String meaning, PanelQuery query, Limit... limits) {
    return chart(title, meaning, View.LINES, query, limits);
  }

  static Panel areas(String title, String meaning, PanelQuery query) {
    return chart(title, meaning, View.AREAS, query);
  }

  static Panel bars(String title, String meaning, PanelQuery query) {
    return chart(title, meaning, View.BARS, query);
  }

  static Panel heatMap(String title, String meaning, PanelQuery query) {
    return chart(title, meaning, View.HEAT_MAP, query);
  }

  static Panel table(String title, String meaning, PanelQuery query) {
    return new Panel(title, meaning, View.TABLE, List.of(query), List.of(), 16, 16);
  }

  static Panel text(String title, String markdown) {
    return new Panel(title, markdown, View.TEXT, List.of(), List.of(), COLUMNS, 8);
  }

  /** The same with another line in the chart. */
  Panel and(PanelQuery query) {
    var more = new ArrayList<>(queries);
    more.add(query);
    return new Panel(title, meaning, view, more, limits, width, height);
  }

  /** The same in another width. */
  Panel wide(int columns) {
    return new Panel(title, meaning, view, queries, limits, columns, height);
  }

  /** The same in another height. */
  Panel high(int rows) {
    return new Panel(title, meaning, view, queries, limits, width, rows);
  }

  private static Panel chart(
      String title, String meaning, View view, PanelQuery query, Limit... limits) {
    return new Panel(title, meaning, view, List.of(query), List.of(limits), 24, 14);
  }
}
