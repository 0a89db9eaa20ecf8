package io.github.prefectgcm.dashboard;

import io.github.prefectgcm.vocabulary.Vocabulary;

/** A query that says more in PromQL. It answers with one series that has no labels. */
record PromQl(String text, Unit unit) implements PanelQuery {
  static PromQl promQl(Unit unit, String text) {
    return new PromQl(text, unit);
  }

  /** A gauge's newest points. PromQL alone looks back five minutes, which is one point or none. */
  static String newest(String gauge) {
    return "last_over_time(%s{monitored_resource=\"generic_task\"}[15m])"
        .formatted(Vocabulary.metric(Vocabulary.PREFIX + gauge).orElseThrow().promqlName());
  }
}
