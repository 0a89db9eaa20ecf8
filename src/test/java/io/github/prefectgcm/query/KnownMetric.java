package io.github.prefectgcm.query;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A metric that can be asked for, and what has to be known of it to ask rightly.
 *
 * @param labels its keys and, where they are few, the values; else none
 */
public record KnownMetric(
    String type,
    MetricKind kind,
    ValueType valueType,
    String unit,
    Map<String, List<String>> labels,
    String resourceType,
    Set<String> resourceLabels) {
  public KnownMetric {
    labels = Map.copyOf(labels);
    resourceLabels = Set.copyOf(resourceLabels);
  }

  /** Whether its series have the label, which is named with what it is a label of. */
  boolean has(String path) {
    return path.startsWith(MetricFilter.METRIC_LABEL)
        ? labels.containsKey(path.substring(MetricFilter.METRIC_LABEL.length()))
        : path.startsWith(MetricFilter.RESOURCE_LABEL)
            && resourceLabels.contains(path.substring(MetricFilter.RESOURCE_LABEL.length()));
  }

  /** Whether a label can have the value, as far as is known. */
  boolean canBe(String path, String value) {
    if (!path.startsWith(MetricFilter.METRIC_LABEL)) {
      return true;
    }
    List<String> values =
        labels.getOrDefault(path.substring(MetricFilter.METRIC_LABEL.length()), List.of());
    return values.isEmpty() || values.contains(value);
  }
}
