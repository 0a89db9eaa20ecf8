package io.github.prefectgcm.cloudmonitoring;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricDescriptorMetadata;
import com.google.protobuf.Duration;
import io.github.prefectgcm.descriptor.Descriptor;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.ValueType;

/** Metrics as descriptors in Cloud Monitoring's protobuf, and back. */
final class DescriptorProtos {
  private DescriptorProtos() {}

  static MetricDescriptor write(String type, Metric metric, Timing timing) {
    return MetricDescriptor.newBuilder()
        .setType(type)
        .setMetricKind(kind(metric.kind()))
        .setValueType(valueType(metric.valueType()))
        .setUnit(metric.unit())
        .setDisplayName(metric.displayName())
        .setDescription(metric.description())
        .addAllLabels(
            metric.labels().stream()
                .map(label ->
                    LabelDescriptor.newBuilder()
                        .setKey(label.key())
                        .setDescription(label.description())
                        .build())
                .toList())
        .setMetadata(
            MetricDescriptorMetadata.newBuilder()
                .setSamplePeriod(duration(timing.samplePeriod()))
                .setIngestDelay(duration(timing.ingestDelay())))
        .build();
  }

  static Descriptor read(MetricDescriptor proto) {
    return new Descriptor(
        proto.getMetricKind().name(),
        proto.getValueType().name(),
        proto.getUnit(),
        proto.getDisplayName(),
        proto.getDescription(),
        proto.getLabelsList().stream()
            .map(label ->
                new Descriptor.Key(
                    label.getKey(), label.getValueType().name(), label.getDescription()))
            .toList());
  }

  static MetricDescriptor.MetricKind kind(Kind kind) {
    return switch (kind) {
      case GAUGE -> MetricDescriptor.MetricKind.GAUGE;
      case CUMULATIVE -> MetricDescriptor.MetricKind.CUMULATIVE;
    };
  }

  static MetricDescriptor.ValueType valueType(ValueType type) {
    return switch (type) {
      case INT64 -> MetricDescriptor.ValueType.INT64;
      case DOUBLE -> MetricDescriptor.ValueType.DOUBLE;
      case DISTRIBUTION -> MetricDescriptor.ValueType.DISTRIBUTION;
    };
  }

  private static Duration duration(java.time.Duration time) {
    return Duration.newBuilder().setSeconds(time.toSeconds()).build();
  }
}
