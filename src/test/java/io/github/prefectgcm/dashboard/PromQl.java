package io.github.prefectgcm.dashboard;

/** A query that says more in PromQL. It answers with one series that has no labels. */
record PromQl(String text, Unit unit) implements Query {
  static PromQl promQl(Unit unit, String text) {
    return new PromQl(text, unit);
  }
}
