package io.github.prefectgcm.embedded.prefect;

import java.util.Set;

/** The fields that Prefect's filters know; any other is refused. */
final class FilterKeys {
  static final Set<String> FLOWS = Set.of("operator", "id", "deployment", "name", "tags");

  static final Set<String> DEPLOYMENTS =
      Set.of(
          "operator",
          "id",
          "name",
          "flow_or_deployment_name",
          "paused",
          "tags",
          "work_queue_name",
          "concurrency_limit");

  static final Set<String> WORK_POOLS = Set.of("operator", "id", "name", "type");

  static final Set<String> WORK_QUEUES = Set.of("operator", "id", "name");

  static final Set<String> FLOW_RUNS =
      Set.of(
          "operator",
          "id",
          "name",
          "tags",
          "deployment_id",
          "work_queue_name",
          "state",
          "flow_version",
          "start_time",
          "end_time",
          "expected_start_time",
          "next_scheduled_start_time",
          "parent_flow_run_id",
          "parent_task_run_id",
          "idempotency_key",
          "created_by");

  private FilterKeys() {}
}
