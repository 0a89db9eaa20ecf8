package io.github.prefectgcm.query;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import java.util.Set;

/** A metric that can be asked for, and what has to be known of it to ask rightly. */
public record KnownMetric(
    String type,
    MetricKind kind,
    ValueType valueType,
    String unit,
    Set<String> labels,
    String resourceType,
    Set<String> resourceLabels) {
  public KnownMetric {
    labels = Set.copyOf(labels);
    resourceLabels = Set.copyOf(resourceLabels);
  }
}
