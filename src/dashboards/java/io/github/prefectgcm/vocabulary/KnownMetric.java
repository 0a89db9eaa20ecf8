package io.github.prefectgcm.vocabulary;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import java.util.Map;
import java.util.Set;

/**
 * A metric that can be asked for, and what has to be known of it to ask rightly.
 *
 * @param labels its keys and all values that they can have; none where that can be any
 */
public record KnownMetric(
    String type,
    MetricKind kind,
    ValueType valueType,
    String unit,
    Map<String, Set<String>> labels,
    String resourceType,
    Set<String> resourceLabels) {
  /** What the path of a metric's label begins with in a query. */
  public static final String METRIC_LABEL = "metric.label.";

  /** What the path of a resource's label begins with in a query. */
  public static final String RESOURCE_LABEL = "resource.label.";

  public KnownMetric {
    labels = Map.copyOf(labels);
    resourceLabels = Set.copyOf(resourceLabels);
  }

  /** Its name in PromQL: the first slash is a colon, whatever else is special a low line. */
  public String promqlName() {
    return type.replaceFirst("/", ":").replaceAll("[^a-zA-Z0-9_:]", "_");
  }

  /** Whether the job writes it, and not Google. */
  public boolean isOurs() {
    return type.startsWith(Vocabulary.PREFIX);
  }

  /** Whether its series have the label, which is named with what it is a label of. */
  public boolean has(String path) {
    return path.startsWith(METRIC_LABEL)
        ? labels.containsKey(path.substring(METRIC_LABEL.length()))
        : path.startsWith(RESOURCE_LABEL)
            && resourceLabels.contains(path.substring(RESOURCE_LABEL.length()));
  }

  /** Whether a label can have the value, as far as is known. */
  public boolean canBe(String path, String value) {
    if (!path.startsWith(METRIC_LABEL)) {
      return true;
    }
    Set<String> values = values(path.substring(METRIC_LABEL.length()));
    return values.isEmpty() || values.contains(value);
  }

  /** All values that a label can have; none if it can have any, or is a resource's. */
  public Set<String> values(String label) {
    return labels.getOrDefault(label, Set.of());
  }
}
