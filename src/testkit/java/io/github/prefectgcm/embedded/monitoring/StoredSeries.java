package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A series that the embedded server holds. Its labels are sorted by key; {@code project_id} is the
 * {@code project} and no label of the resource.
 */
public record StoredSeries(
    String project,
    String metricType,
    SortedMap<String, String> labels,
    String resourceType,
    SortedMap<String, String> resourceLabels,
    MetricKind kind,
    ValueType valueType) {
  public StoredSeries {
    labels = sorted(labels);
    resourceLabels = sorted(resourceLabels);
  }

  /** Whether the metric type is this one, or ends in it below a slash; the empty one fits all. */
  public boolean isOf(String metricTypeOrSuffix) {
    return metricTypeOrSuffix.isEmpty()
        || metricType.equals(metricTypeOrSuffix)
        || metricType.endsWith("/" + metricTypeOrSuffix);
  }

  /** The value of a label of the metric, empty if it has none. */
  public String label(String key) {
    return labels.getOrDefault(key, "");
  }

  private static SortedMap<String, String> sorted(Map<String, String> labels) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
