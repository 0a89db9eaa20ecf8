package io.github.prefectgcm.embedded.monitoring;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import io.grpc.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metric descriptors of all projects: created by request, or by the first series.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.metricDescriptors">MetricDescriptor</a>
 */
final class Descriptors {
  private record Key(String project, String type) {}

  private record Known(MetricDescriptor descriptor, Instant since) {}

  private static final Set<ValueType> VALUE_TYPES =
      Set.of(ValueType.BOOL, ValueType.INT64, ValueType.DOUBLE, ValueType.DISTRIBUTION);

  private final Map<Key, Known> known = new HashMap<>();

  Optional<MetricDescriptor> find(String project, String type) {
    return Optional.ofNullable(known.get(new Key(project, type))).map(Known::descriptor);
  }

  /** Only those that existed by then. */
  Optional<MetricDescriptor> find(String project, String type, Instant by) {
    return Optional.ofNullable(known.get(new Key(project, type)))
        .filter(descriptor -> !descriptor.since().isAfter(by))
        .map(Known::descriptor);
  }

  /** Those of a project that existed by then. */
  List<MetricDescriptor> list(String project, Instant by) {
    return known.entrySet().stream()
        .filter(entry ->
            entry.getKey().project().equals(project) && !entry.getValue().since().isAfter(by))
        .map(entry -> entry.getValue().descriptor())
        .sorted(Comparator.comparing(MetricDescriptor::getType))
        .toList();
  }

  /**
   * Creates or updates one. An existing one keeps its labels; a metric's kind and type are for
   * good.
   *
   * @see <a
   *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.metricDescriptors/create">projects.metricDescriptors.create</a>
   */
  MetricDescriptor create(String project, MetricDescriptor descriptor, Instant now) {
    try {
      LabelRules.checkType("metricDescriptor.type", descriptor.getType());
      for (LabelDescriptor label : descriptor.getLabelsList()) {
        LabelRules.checkKey("metricDescriptor.labels", label.getKey());
      }
      MetricDescriptor before = find(project, descriptor.getType()).orElse(descriptor);
      if (before.getMetricKind() != descriptor.getMetricKind()
          || before.getValueType() != descriptor.getValueType()) {
        throw RefusedSeries.field(
            "metricDescriptor", "The kind and value type of a metric cannot be changed.");
      }
      for (LabelDescriptor label : descriptor.getLabelsList()) {
        if (before.getLabelsList().stream()
            .anyMatch(other ->
                other.getKey().equals(label.getKey())
                    && other.getValueType() != label.getValueType())) {
          throw RefusedSeries.field(
              "metricDescriptor.labels",
              label.getKey(),
              "The value type of a label cannot be changed.");
        }
      }
    } catch (RefusedSeries refused) {
      throw Status.INVALID_ARGUMENT.withDescription(refused.text()).asRuntimeException();
    }
    return put(project, descriptor, now);
  }

  /** Whether there was one to remove. */
  boolean remove(String project, String type) {
    return known.remove(new Key(project, type)) != null;
  }

  /** Keeps the labels that are there already, save for their words, and the time of the first. */
  MetricDescriptor put(String project, MetricDescriptor descriptor, Instant now) {
    Key key = new Key(project, descriptor.getType());
    Known before = known.get(key);
    Map<String, LabelDescriptor> labels = new HashMap<>();
    if (before != null) {
      before.descriptor().getLabelsList().forEach(label -> labels.put(label.getKey(), label));
    }
    descriptor.getLabelsList().forEach(label -> labels.put(label.getKey(), label));
    MetricDescriptor merged =
        descriptor.toBuilder()
            .setName(project + "/metricDescriptors/" + descriptor.getType())
            .clearLabels()
            .addAllLabels(
                labels.values().stream()
                    .sorted(Comparator.comparing(LabelDescriptor::getKey))
                    .toList())
            .build();
    known.put(key, new Known(merged, before == null ? now : before.since()));
    return merged;
  }

  /** The descriptor that a series fits, as it is or as storing the series would make it. */
  MetricDescriptor fitting(String project, String field, TimeSeries series, boolean labelsAdded)
      throws RefusedSeries {
    ValueType type = valueType(series.getPoints(0).getValue());
    if (series.getValueType() != ValueType.VALUE_TYPE_UNSPECIFIED
        && series.getValueType() != type) {
      throw wrongType(series.getMetric().getType(), series.getValueType(), type);
    }
    Optional<MetricDescriptor> existing = find(project, series.getMetric().getType());
    if (existing.isEmpty()) {
      return created(series, type);
    }
    MetricDescriptor descriptor = existing.get();
    MetricKind kind = series.getMetricKind();
    if (kind != MetricKind.METRIC_KIND_UNSPECIFIED && kind != descriptor.getMetricKind()) {
      throw new RefusedSeries(
          "Metric kind for metric %s must be %s, but is %s."
              .formatted(descriptor.getType(), descriptor.getMetricKind(), kind));
    }
    if (type != descriptor.getValueType()) {
      throw wrongType(descriptor.getType(), descriptor.getValueType(), type);
    }
    Set<String> keys =
        descriptor.getLabelsList().stream()
            .map(LabelDescriptor::getKey)
            .collect(Collectors.toUnmodifiableSet());
    List<String> given = series.getMetric().getLabelsMap().keySet().stream().sorted().toList();
    for (int i = 0; i < given.size() && !labelsAdded; i++) {
      if (!keys.contains(given.get(i))) {
        throw RefusedSeries.field(
            "%s.metric.labels[%d]".formatted(field, i), given.get(i), "Unrecognized metric label.");
      }
    }
    boolean unitGiven = descriptor.getUnit().isEmpty() && !series.getUnit().isEmpty();
    if (!unitGiven && keys.containsAll(given)) {
      return descriptor;
    }
    return descriptor.toBuilder()
        .addAllLabels(
            given.stream().filter(key -> !keys.contains(key)).map(Descriptors::label).toList())
        .setUnit(unitGiven ? series.getUnit() : descriptor.getUnit())
        .build();
  }

  private static MetricDescriptor created(TimeSeries series, ValueType type) throws RefusedSeries {
    String metric = series.getMetric().getType();
    // The kind decides the descriptor's; without one it is a gauge.
    MetricKind kind =
        series.getMetricKind() == MetricKind.METRIC_KIND_UNSPECIFIED
            ? MetricKind.GAUGE
            : series.getMetricKind();
    if (kind != MetricKind.GAUGE && kind != MetricKind.CUMULATIVE) {
      throw notCreated(metric, "The metric kind %s is not supported.".formatted(kind));
    }
    if (!VALUE_TYPES.contains(type) || (type == ValueType.BOOL && kind == MetricKind.CUMULATIVE)) {
      throw notCreated(
          metric, "The value type %s is not supported for kind %s.".formatted(type, kind));
    }
    return MetricDescriptor.newBuilder()
        .setType(metric)
        .setMetricKind(kind)
        .setValueType(type)
        .setUnit(series.getUnit())
        .addAllLabels(
            series.getMetric().getLabelsMap().keySet().stream().map(Descriptors::label).toList())
        .build();
  }

  private static RefusedSeries notCreated(String metric, String why) {
    return new RefusedSeries(
        "Errors during metric descriptor creation: {(metric: %s, error: %s)}."
            .formatted(metric, why));
  }

  private static RefusedSeries wrongType(String metric, ValueType expected, ValueType actual) {
    return new RefusedSeries(
        "Value type for metric %s must be %s, but is %s.".formatted(metric, expected, actual));
  }

  private static LabelDescriptor label(String key) {
    return LabelDescriptor.newBuilder()
        .setKey(key)
        .setValueType(LabelDescriptor.ValueType.STRING)
        .build();
  }

  private static ValueType valueType(TypedValue value) {
    return switch (value.getValueCase()) {
      case BOOL_VALUE -> ValueType.BOOL;
      case INT64_VALUE -> ValueType.INT64;
      case DOUBLE_VALUE -> ValueType.DOUBLE;
      case STRING_VALUE -> ValueType.STRING;
      case DISTRIBUTION_VALUE -> ValueType.DISTRIBUTION;
      case VALUE_NOT_SET -> ValueType.VALUE_TYPE_UNSPECIFIED;
    };
  }
}
