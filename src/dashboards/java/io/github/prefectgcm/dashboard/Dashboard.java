package io.github.prefectgcm.dashboard;

import java.util.List;

/**
 * A dashboard, in no format yet.
 *
 * @param file name of its files, without extension
 * @param about what it is for, as Markdown
 * @param filters what a reader can narrow it down to
 */
record Dashboard(
    String file, String title, String about, List<Filter> filters, List<Section> sections) {
  Dashboard {
    filters = List.copyOf(filters);
    sections = List.copyOf(sections);
  }
}
