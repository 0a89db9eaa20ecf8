package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the filters of a query over flow runs as Prefect does, its quirks included. */
final class RunFilterReader {
  private static final Set<String> NOT_EMBEDDED =
      Set.of(
          "operator",
          "name",
          "tags",
          "work_queue_name",
          "flow_version",
          "parent_flow_run_id",
          "idempotency_key",
          "created_by");

  private final List<Predicate<RunRow>> conditions = new ArrayList<>();

  private final Instant now;

  private RunFilterReader(Instant now) {
    this.now = now;
  }

  /**
   * Reads them from a body.
   *
   * @param endTimes whether the server is new enough to know the filter by end time
   */
  static RunFilter read(Fields body, boolean endTimes, Instant now) {
    return new RunFilterReader(now).filter(body, endTimes);
  }

  private RunFilter filter(Fields body, boolean endTimes) {
    body.without(Set.of("task_runs", "work_pool_queues", "work_queues"));
    Fields runs = body.object("flow_runs").only(FilterKeys.FLOW_RUNS).without(NOT_EMBEDDED);
    if (!endTimes && runs.json().has("end_time")) {
      runs.only(Set.of());
    }
    Fields ids = runs.object("id").only(Set.of("any_", "not_any_"));
    ids.texts("any_").ifPresent(any -> conditions.add(row -> any.contains(row.run().id())));
    ids.texts("not_any_").ifPresent(none -> conditions.add(row -> !none.contains(row.run().id())));
    deployments(runs.object("deployment_id").only(Set.of("operator", "any_", "is_null_")));
    parents(runs.object("parent_task_run_id").only(Set.of("operator", "any_", "is_null_")));
    Range endTime = range(runs, "end_time", true);
    add(endTime, row -> endTime.contains(row.end()));
    isNull(runs.object("end_time"), row -> row.end().isEmpty());
    Range start = range(runs, "start_time", true);
    add(start, row -> start.contains(row.startOrExpected()));
    isNull(runs.object("start_time"), row -> row.start().isEmpty());
    Range expected = range(runs, "expected_start_time", false);
    add(expected, row -> expected.contains(row.run().expected));
    Range next = range(runs, "next_scheduled_start_time", false);
    add(next, row -> next.contains(row.nextScheduled()));
    boolean open = states(runs.object("state").only(Set.of("operator", "type", "name")));
    origins(body);
    return new RunFilter(
        endTime,
        expected,
        open,
        List.copyOf(conditions).stream().reduce(row -> true, Predicate::and));
  }

  private void deployments(Fields filter) {
    filter
        .texts("any_")
        .ifPresent(any -> conditions.add(row -> isOneOf(row.run().deployment, any)));
    isNull(filter, row -> row.run().deployment.isEmpty());
  }

  private void parents(Fields filter) {
    filter.without(Set.of("any_"));
    isNull(filter, row -> row.run().parentTaskRun.isEmpty());
  }

  private void origins(Fields body) {
    Fields flows = body.object("flows").only(FilterKeys.FLOWS);
    flows
        .without(Set.of("operator", "name", "tags", "deployment"))
        .object("id")
        .only(Set.of("any_", "not_any_"))
        .without(Set.of("not_any_"))
        .texts("any_")
        .ifPresent(any -> conditions.add(row -> any.contains(row.run().flow.id())));
    // A join: unlike flow_runs.deployment_id it misses the runs of a deployment that is gone.
    Fields deployments = body.object("deployments").only(FilterKeys.DEPLOYMENTS);
    deployments
        .without(Set.of("operator", "name", "tags", "flow_or_deployment_name", "paused"))
        .without(Set.of("work_queue_name"))
        .object("id")
        .only(Set.of("any_", "not_any_"))
        .without(Set.of("not_any_"))
        .texts("any_")
        .ifPresent(any ->
            conditions.add(row ->
                isOneOf(row.run().deployment, any)
                    && row.run().deployment.orElseThrow().exists(now)));
    body.object("work_pools").only(FilterKeys.WORK_POOLS).without(FilterKeys.WORK_POOLS);
  }

  private static boolean isOneOf(Optional<ServerDeployment> deployment, Set<String> ids) {
    return deployment.isPresent() && ids.contains(deployment.get().id());
  }

  /** Returns whether only types that are not final can match. */
  private boolean states(Fields filter) {
    filter.without(Set.of("operator"));
    Fields types = filter.object("type").only(Set.of("any_", "not_any_"));
    Fields names = filter.object("name").only(Set.of("any_", "not_any_"));
    Optional<Set<String>> any = types.texts("any_");
    Optional<Set<String>> none = types.texts("not_any_");
    // Both at once are dropped without a word.
    boolean typed = any.isEmpty() || none.isEmpty();
    if (typed) {
      any.ifPresent(set ->
          conditions.add(row -> !row.run().isStateless() && set.contains(row.type().name())));
      none.ifPresent(set -> conditions.add(row -> !set.contains(row.type().name())));
    }
    Optional<Set<String>> anyName = names.texts("any_");
    Optional<Set<String>> noName = names.texts("not_any_");
    if (anyName.isEmpty() || noName.isEmpty()) {
      anyName.ifPresent(set -> conditions.add(row -> set.contains(row.name())));
      noName.ifPresent(set -> conditions.add(row -> !set.contains(row.name())));
    }
    return typed
        && any.isPresent()
        && any.get().stream().noneMatch(type -> ServerStateType.valueOf(type).isFinal());
  }

  private static Range range(Fields runs, String key, boolean nullable) {
    Fields filter =
        runs.object(key)
            .only(nullable ? Set.of("before_", "after_", "is_null_") : Set.of("before_", "after_"));
    return new Range(filter.time("after_"), filter.time("before_"));
  }

  private void add(Range range, Predicate<RunRow> condition) {
    if (range.isBounded()) {
      conditions.add(condition);
    }
  }

  private void isNull(Fields filter, Predicate<RunRow> isNull) {
    filter.flag("is_null_").ifPresent(wanted -> conditions.add(row -> isNull.test(row) == wanted));
  }
}
