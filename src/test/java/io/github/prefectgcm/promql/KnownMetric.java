package io.github.prefectgcm.promql;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.catalog.Job;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric as PromQL sees it.
 *
 * @param name its name in PromQL; a distribution has one for each of its parts
 * @param ours written by the job, every few minutes; else one of Google's, every minute
 * @param resource type of the monitored resource
 * @param labels of the metric and of its resource
 * @param values all values that a label can have, where they are known
 */
record KnownMetric(
    String name,
    Form form,
    boolean ours,
    String resource,
    Set<String> labels,
    Map<String, Set<String>> values) {
  enum Form {
    GAUGE,
    COUNTER,
    BUCKETS,
    /** A distribution without one of its parts: nothing that a query can use. */
    WHOLE_DISTRIBUTION
  }

  private static final String PREFIX = "custom_googleapis_com:prefect_";

  private static final Set<String> TASK_LABELS =
      Set.of("project_id", "location", "namespace", "job", "task_id");

  private static final Set<String> RUN_JOB_LABELS = Set.of("project_id", "location", "job_name");

  /** What the sets of label values are, by metric and label; a label without one is open. */
  private static final Map<String, Set<String>> VALUES =
      Map.ofEntries(
          Map.entry("flow_run/finished_count state", finalStates()),
          Map.entry("flow_run/execution_times state", finalStates()),
          Map.entry("flow_run/current_count state", currentStates()),
          Map.entry("flow_run/oldest_age state", Set.of("pending", "running")),
          Map.entry("work_pool/worker_count status", Set.of("online", "offline", "stale")),
          Map.entry("exporter/collector_success collector", Set.copyOf(Job.COLLECTORS)),
          Map.entry("exporter/data_watermark_age stream", Set.of("flow_runs")),
          Map.entry("exporter/rejected_count reason", Set.of("descriptor", "invalid")));

  /** Metrics that Cloud Run writes about its jobs. */
  private static final List<KnownMetric> OF_GOOGLE =
      List.of(
          ofCloudRun("job/completed_execution_count", Form.COUNTER, Set.of("result")),
          ofCloudRun("job/completed_task_attempt_count", Form.COUNTER, Set.of("result", "attempt")),
          ofCloudRun("job/running_executions", Form.GAUGE, Set.of()),
          ofCloudRun("job/running_task_attempts", Form.GAUGE, Set.of("attempt")),
          ofCloudRun("container/billable_instance_time", Form.COUNTER, Set.of()));

  private static final Map<String, KnownMetric> ALL =
      Stream.concat(
              Catalog.entries().stream().map(Entry::metric).flatMap(KnownMetric::parts),
              OF_GOOGLE.stream())
          .collect(Collectors.toMap(KnownMetric::name, metric -> metric));

  static Optional<KnownMetric> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static Map<String, Set<String>> valuesByMetricAndLabel() {
    return VALUES;
  }

  private static Stream<KnownMetric> parts(Metric metric) {
    if (metric.valueType() != ValueType.DISTRIBUTION) {
      return Stream.of(
          part(metric, "", metric.kind() == Kind.GAUGE ? Form.GAUGE : Form.COUNTER, Set.of()));
    }
    return Stream.of(
        part(metric, "", Form.WHOLE_DISTRIBUTION, Set.of()),
        part(metric, "_bucket", Form.BUCKETS, Set.of("le")),
        part(metric, "_count", Form.COUNTER, Set.of()),
        part(metric, "_sum", Form.COUNTER, Set.of()));
  }

  private static KnownMetric part(Metric metric, String suffix, Form form, Set<String> more) {
    var values = new HashMap<String, Set<String>>();
    for (Label label : metric.labels()) {
      Optional.ofNullable(VALUES.get(metric.name() + " " + label.key()))
          .ifPresent(all -> values.put(label.key(), all));
    }
    return new KnownMetric(
        PREFIX + metric.name().replace('/', '_') + suffix,
        form,
        true,
        "generic_task",
        Stream.of(metric.labels().stream().map(Label::key), TASK_LABELS.stream(), more.stream())
            .flatMap(labels -> labels)
            .collect(Collectors.toSet()),
        values);
  }

  private static KnownMetric ofCloudRun(String name, Form form, Set<String> labels) {
    return new KnownMetric(
        "run_googleapis_com:" + name.replace('/', '_'),
        form,
        false,
        "cloud_run_job",
        Stream.concat(labels.stream(), RUN_JOB_LABELS.stream()).collect(Collectors.toSet()),
        labels.contains("result") ? Map.of("result", Set.of("succeeded", "failed")) : Map.of());
  }

  private static Set<String> finalStates() {
    return Stream.of(FinalState.values()).map(FinalState::label).collect(Collectors.toSet());
  }

  private static Set<String> currentStates() {
    return Stream.of(CurrentState.values()).map(CurrentState::label).collect(Collectors.toSet());
  }
}
