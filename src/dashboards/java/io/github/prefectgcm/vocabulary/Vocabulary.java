package io.github.prefectgcm.vocabulary;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All metrics that queries may name: those of the catalogue, and a few of Google's own. */
public final class Vocabulary {
  /** What every metric type of ours begins with. */
  public static final String PREFIX = "custom.googleapis.com/prefect/";

  private static final Map<String, KnownMetric> METRICS =
      Stream.concat(
              Catalog.ALL.entries().stream().map(Entry::metric).map(Vocabulary::ours), googles())
          .collect(Collectors.toUnmodifiableMap(KnownMetric::type, Function.identity()));

  private Vocabulary() {}

  public static Collection<KnownMetric> metrics() {
    return METRICS.values();
  }

  public static Optional<KnownMetric> metric(String type) {
    return Optional.ofNullable(METRICS.get(type));
  }

  private static KnownMetric ours(Metric metric) {
    return new KnownMetric(
        PREFIX + metric.name(),
        MetricKind.valueOf(metric.kind().name()),
        ValueType.valueOf(metric.valueType().name()),
        metric.unit(),
        metric.labels().stream()
            .collect(Collectors.toMap(Label::key, label -> WrittenValues.of(metric, label))),
        "generic_task",
        Set.of("project_id", "location", "namespace", "job", "task_id"));
  }

  /**
   * Facts of <a href="https://cloud.google.com/monitoring/api/metrics_gcp">Google's list of
   * metrics</a>; of the labels only those that are used.
   */
  private static Stream<KnownMetric> googles() {
    return Stream.of(
        new KnownMetric(
            "run.googleapis.com/job/completed_execution_count",
            MetricKind.DELTA,
            ValueType.INT64,
            "1",
            Map.of("result", Set.of("succeeded", "failed")),
            "cloud_run_job",
            Set.of("project_id", "location", "job_name")),
        new KnownMetric(
            "monitoring.googleapis.com/billing/bytes_ingested",
            MetricKind.DELTA,
            ValueType.INT64,
            "By",
            Map.of("metric_domain", Set.of(), "metric_type", Set.of()),
            "global",
            Set.of("project_id")));
  }
}
