package io.github.prefectgcm.descriptor;

import io.github.prefectgcm.metric.Metric;
import java.util.List;

/**
 * How a metric is declared in a store. Kind and types are texts, as they may be such as no metric
 * of ours has.
 */
public record Descriptor(
    String kind,
    String valueType,
    String unit,
    String displayName,
    String description,
    List<Key> labels) {

  /** A label key of a descriptor. */
  public record Key(String name, String valueType, String description) {}

  public Descriptor {
    labels = List.copyOf(labels);
  }

  /** As the metric should be declared. */
  public static Descriptor of(Metric metric) {
    return new Descriptor(
        metric.kind().name(),
        metric.valueType().name(),
        metric.unit(),
        metric.displayName(),
        metric.description(),
        metric.labels().stream()
            .map(label -> new Key(label.key(), "STRING", label.description()))
            .toList());
  }
}
