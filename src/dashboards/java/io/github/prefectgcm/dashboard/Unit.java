package io.github.prefectgcm.dashboard;

import io.github.prefectgcm.vocabulary.Vocabulary;

/** What the numbers of a panel are, in the words of both formats. */
enum Unit {
  COUNT("1", "short"),
  SECONDS("s", "s"),
  BYTES("By", "bytes"),
  /** From 0 to 1, shown as a percentage. */
  SHARE("10^2.%", "percentunit");

  private final String ucum;
  private final String grafana;

  Unit(String ucum, String grafana) {
    this.ucum = ucum;
    this.grafana = grafana;
  }

  static Unit of(String metricType) {
    String unit = Vocabulary.metric(metricType).orElseThrow().unit();
    for (Unit one : values()) {
      if (one.ucum.equals(unit)) {
        return one;
      }
    }
    throw new IllegalArgumentException(metricType + " has the unit " + unit);
  }

  String ucum() {
    return ucum;
  }

  String grafana() {
    return grafana;
  }
}
