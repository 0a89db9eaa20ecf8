package io.github.prefectgcm.cloudmonitoring;

import com.google.api.MonitoredResource;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest.TimeSeriesView;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Requests about the series of one target, and the series found in the answers. */
record Requests(String project, Target target) {
  /**
   * The answer is held whole; the API itself allows <a
   * href="https://cloud.google.com/monitoring/api/ref_v3/rpc/google.monitoring.v3#listtimeseriesrequest">100,000</a>
   * points a page.
   */
  private static final int PAGE = 10_000;

  CreateTimeSeriesRequest create(List<Sample> samples) {
    MonitoredResource resource = resource();
    return CreateTimeSeriesRequest.newBuilder()
        .setName(name())
        .addAllTimeSeries(samples.stream().map(sample -> timeSeries(sample, resource)).toList())
        .build();
  }

  /** Asks for the newest point of one series: points come newest first. */
  ListTimeSeriesRequest newest(Series series, Instant since, Instant until) {
    var filter = new ArrayList<>(filter(series.metric()));
    labels(series).forEach((key, value) -> filter.add(equal("metric.labels." + key, value)));
    return list(filter, since, until, 1);
  }

  /** Asks for all points of a metric. */
  ListTimeSeriesRequest all(Metric metric, Instant since, Instant until) {
    return list(filter(metric), since, until, PAGE);
  }

  /** The series of an answer; absent if it is of another kind, or has labels of somebody else. */
  static Optional<Series> series(Metric metric, TimeSeries proto) {
    var stored = new HashMap<>(proto.getMetric().getLabelsMap());
    stored.values().removeIf(String::isEmpty);
    var values = new ArrayList<String>();
    for (Label label : metric.labels()) {
      values.add(Objects.requireNonNullElse(stored.remove(label.key()), ""));
    }
    boolean foreign = !stored.isEmpty();
    return foreign || proto.getMetricKind() != DescriptorProtos.kind(metric.kind())
        ? Optional.empty()
        : Optional.of(new Series(metric, values));
  }

  /** Creates the metric's descriptor, or updates it. */
  CreateMetricDescriptorRequest descriptor(Metric metric, Timing timing) {
    return CreateMetricDescriptorRequest.newBuilder()
        .setName(name())
        .setMetricDescriptor(DescriptorProtos.write(type(metric), metric, timing))
        .build();
  }

  /** Asks for the descriptors of all metrics below the prefix. */
  ListMetricDescriptorsRequest descriptors(String pageToken) {
    return ListMetricDescriptorsRequest.newBuilder()
        .setName(name())
        .setFilter("metric.type = starts_with(\"" + target.metricPrefix() + "/\")")
        .setPageToken(pageToken)
        .build();
  }

  String type(Metric metric) {
    return target.type(metric);
  }

  /** The name of a metric of this type; absent if it is not below the prefix. */
  Optional<String> metricName(String type) {
    String prefix = target.metricPrefix() + "/";
    return type.startsWith(prefix)
        ? Optional.of(type.substring(prefix.length()))
        : Optional.empty();
  }

  private String name() {
    return "projects/" + project;
  }

  private TimeSeries timeSeries(Sample sample, MonitoredResource resource) {
    Metric metric = sample.series().metric();
    return TimeSeries.newBuilder()
        .setMetric(
            com.google.api.Metric.newBuilder()
                .setType(type(metric))
                .putAllLabels(labels(sample.series())))
        .setResource(resource)
        .setMetricKind(DescriptorProtos.kind(metric.kind()))
        .setValueType(DescriptorProtos.valueType(metric.valueType()))
        .setUnit(metric.unit())
        .addPoints(PointProtos.proto(metric.kind(), sample.point()))
        .build();
  }

  private MonitoredResource resource() {
    return MonitoredResource.newBuilder()
        .setType(Target.RESOURCE)
        .putLabels("project_id", project)
        .putAllLabels(target.resource())
        .build();
  }

  private static Map<String, String> labels(Series series) {
    var labels = new LinkedHashMap<String, String>();
    for (int i = 0; i < series.labels().size(); i++) {
      String value = series.labels().get(i);
      if (!LabelValue.clean(value).equals(value)) {
        // It would be stored under another name, and its own points never be found again.
        throw new IllegalArgumentException(
            "label value is not clean: " + series.metric().labels().get(i).key());
      }
      labels.put(series.metric().labels().get(i).key(), value);
    }
    return labels;
  }

  private ListTimeSeriesRequest list(
      List<String> filter, Instant since, Instant until, int pageSize) {
    return ListTimeSeriesRequest.newBuilder()
        .setName(name())
        .setFilter(String.join(" AND ", filter))
        .setInterval(
            TimeInterval.newBuilder()
                .setStartTime(PointProtos.timestamp(since))
                .setEndTime(PointProtos.timestamp(until)))
        .setView(TimeSeriesView.FULL)
        .setPageSize(pageSize)
        .build();
  }

  /** Without project_id: it may be given as a number, but is stored as a name. */
  private List<String> filter(Metric metric) {
    var filter =
        new ArrayList<>(
            List.of(equal("metric.type", type(metric)), equal("resource.type", Target.RESOURCE)));
    target.resource().forEach((key, value) -> filter.add(equal("resource.labels." + key, value)));
    return filter;
  }

  private static String equal(String field, String value) {
    return field + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
