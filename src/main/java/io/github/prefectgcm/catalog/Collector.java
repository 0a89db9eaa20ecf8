package io.github.prefectgcm.catalog;

import java.util.List;
import java.util.Locale;

/** A part of Prefect that levels are measured from, and the beginnings of their names. */
public enum Collector {
  CURRENT_RUNS(
      "flow_run/current_count",
      "flow_run/late_count",
      "flow_run/oldest",
      "deployment/current_run_count",
      "deployment/oldest_running_age",
      "work_pool/slot",
      "work_queue/",
      "concurrency_limit/"),
  WORK_QUEUES("work_queue/", "flow_run/late_count"),
  WORKERS(
      "work_pool/worker_count", "work_pool/last_heartbeat_age", "worker/", "flow_run/late_count"),
  CONCURRENCY_LIMITS("concurrency_limit/"),
  SCHEDULED_RUNS("flow_run/scheduled_count"),
  EXPECTED_RUNS("flow_runs_total", "flow_run_duration_seconds_avg");

  private final List<String> metrics;

  Collector(String... metrics) {
    this.metrics = List.of(metrics);
  }

  /** The value of the label {@code collector}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean serves(String metric) {
    return metrics.stream().anyMatch(metric::startsWith);
  }
}
