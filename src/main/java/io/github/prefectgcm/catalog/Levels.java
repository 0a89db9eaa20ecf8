package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Helpers that the lists of levels are written with: gauges, label values, flags, ages. */
final class Levels {
  /** Label values in alphabetical order, the first one first. */
  static final Comparator<List<String>> ORDER =
      (one, other) -> String.join("\0", one).compareTo(String.join("\0", other));

  private Levels() {}

  static Metric gauge(
      String name,
      ValueType type,
      String unit,
      String displayName,
      String description,
      Label... labels) {
    return new Metric(name, Kind.GAUGE, type, unit, displayName, description, List.of(labels));
  }

  static List<String> row(String... labels) {
    return List.of(labels);
  }

  static Value flag(boolean on) {
    return new Int64Value(on ? 1 : 0);
  }

  /** Seconds from then to now. */
  static Value age(Instant then, Instant now) {
    return new DoubleValue(Counters.seconds(Duration.between(then, now)));
  }
}
