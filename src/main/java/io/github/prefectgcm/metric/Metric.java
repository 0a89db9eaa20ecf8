package io.github.prefectgcm.metric;

import java.util.List;

/**
 * A metric and all that its descriptor says.
 *
 * @param name path below the metric prefix, such as {@code flow_run/finished_count}
 * @param unit in <a href="https://ucum.org/ucum">UCUM</a>: {@code 1}, {@code s}
 * @param displayName sentence case, without a full stop
 */
public record Metric(
    String name,
    Kind kind,
    ValueType valueType,
    String unit,
    String displayName,
    String description,
    List<Label> labels) {
  public Metric {
    labels = List.copyOf(labels);
  }

  /** By name, which tells metrics apart: each of many series asks for it, many times. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Metric that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
