package io.github.prefectgcm.config;

import io.github.prefectgcm.catalog.LabelSelection;
import io.github.prefectgcm.catalog.MetricSelection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads which metrics are written, and with which labels. */
final class SelectionReader {
  private final SettingValues values;

  SelectionReader(SettingValues values) {
    this.values = values;
  }

  MetricSelection metrics() {
    List<String> terms = terms(Setting.METRICS);
    if (terms.isEmpty()) {
      return MetricSelection.STANDARD;
    }
    var selection = new MetricSelection(terms);
    for (String term : selection.idle()) {
      values.problem(
          "METRICS names %s, and no metric is called so; it must be default, all, or names such as"
                  .formatted(SettingValues.printable(term))
              + " flow_run/*, each with a ! before it to leave it out");
    }
    return selection;
  }

  LabelSelection labels() {
    return new LabelSelection(
        labels(Setting.LABELS, LabelSelection.STANDARD.ofNumbers()),
        labels(Setting.DISTRIBUTION_LABELS, LabelSelection.STANDARD.ofDistributions()));
  }

  /** Set to nothing it means none of them, which is not the same as not being set. */
  private Set<String> labels(Setting setting, Set<String> standard) {
    if (!values.isSet(setting)) {
      return standard;
    }
    var labels = new LinkedHashSet<>(terms(setting));
    for (String label : labels) {
      if (!LabelSelection.KEYS.contains(label)) {
        values.problem(
            setting, label, "some of " + String.join(", ", LabelSelection.KEYS) + ", or nothing");
      }
    }
    labels.retainAll(LabelSelection.KEYS);
    return labels;
  }

  private List<String> terms(Setting setting) {
    return values.text(setting).stream()
        .flatMap(text -> Stream.of(text.split(",")))
        .map(String::strip)
        .filter(term -> !term.isEmpty())
        .toList();
  }
}
