package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Prefect's answers, with every field that the real ones have. */
final class RowJson {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> NULL_DETAILS =
      List.of(
          "task_run_id",
          "child_flow_run_id",
          "cache_key",
          "cache_expiration",
          "pause_timeout",
          "pause_key",
          "run_input_keyset",
          "refresh_cache",
          "retriable",
          "transition_id",
          "task_parameters_id",
          "traceparent",
          "deployment_concurrency_lease_id");
  private static final List<String> FALSE_DETAILS =
      List.of("deferred", "untrackable_result", "pause_reschedule");

  /** Parameters are cut out of this, so that they do not compress to nothing. */
  private static final String TEXT = text(new Random(1), 1 << 17);

  static final Instant BIRTH = Instant.parse("2025-01-01T00:00:00Z");

  private RowJson() {}

  /** As pydantic writes it: six digits of the second or none. */
  static String time(Instant time) {
    Instant micros = time.truncatedTo(ChronoUnit.MICROS);
    boolean whole = micros.equals(micros.truncatedTo(ChronoUnit.SECONDS));
    return (whole ? SECONDS : MICROS).format(micros);
  }

  static double seconds(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1e6;
  }

  static JsonObject run(RunRow row, Instant now, int parameters) {
    Run run = row.run();
    if (run.isUnreadable()) {
      throw RefusedRequest.failed();
    }
    Optional<Queue> queue = run.queue(now);
    var json = entity(run.id, run.created);
    json.addProperty("name", "run-" + run.id().substring(0, 8));
    json.addProperty("flow_id", run.flow.id());
    json.addProperty("state_id", stateId(row).toString());
    add(json, "deployment_id", run.deployment.map(ServerDeployment::id));
    add(json, "deployment_version", Optional.empty());
    add(json, "work_queue_id", queue.map(it -> it.id.toString()));
    add(json, "work_queue_name", queue.map(Queue::name));
    add(json, "flow_version", Optional.of("1"));
    json.add("parameters", parameters(run, parameters));
    add(json, "idempotency_key", Optional.empty());
    json.add("context", new JsonObject());
    json.add("empirical_policy", policy());
    var tags = new JsonArray();
    run.tags().forEach(tags::add);
    json.add("tags", tags);
    json.add("labels", new JsonObject());
    add(json, "parent_task_run_id", run.parentTaskRun.map(UUID::toString));
    add(json, "state_type", run.isStateless() ? Optional.empty() : Optional.of(row.type().name()));
    add(json, "state_name", run.isStateless() ? Optional.empty() : Optional.of(row.name()));
    json.addProperty("run_count", row.runCount());
    json.addProperty("expected_start_time", time(run.expected));
    add(json, "next_scheduled_start_time", row.nextScheduled().map(RowJson::time));
    add(json, "start_time", row.start().map(RowJson::time));
    add(json, "end_time", row.end().map(RowJson::time));
    json.addProperty("total_run_time", seconds(row.total()));
    json.addProperty("estimated_run_time", seconds(row.estimated()));
    json.addProperty("estimated_start_time_delta", seconds(row.lateness()));
    json.addProperty("auto_scheduled", false);
    add(json, "infrastructure_document_id", Optional.empty());
    boolean started = run.hasInfrastructure();
    add(json, "infrastructure_pid", started ? Optional.of("host:4711") : Optional.empty());
    json.add("created_by", JsonNull.INSTANCE);
    add(json, "work_pool_id", queue.map(it -> it.pool.id.toString()));
    add(json, "work_pool_name", queue.map(it -> it.pool.name()));
    json.add("state", state(row));
    json.add("job_variables", new JsonObject());
    return json;
  }

  private static String text(Random random, int characters) {
    var text = new StringBuilder(characters);
    for (int i = 0; i < characters; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static JsonObject parameters(Run run, int characters) {
    var json = new JsonObject();
    if (characters > 0) {
      int from = Math.floorMod(run.id.hashCode(), Math.max(1, TEXT.length() - characters));
      json.addProperty("text", TEXT.substring(from, Math.min(from + characters, TEXT.length())));
    }
    return json;
  }

  private static JsonObject policy() {
    var json = new JsonObject();
    json.addProperty("max_retries", 0);
    json.addProperty("retry_delay_seconds", 0.0);
    json.add("retries", JsonNull.INSTANCE);
    json.add("retry_delay", JsonNull.INSTANCE);
    json.add("pause_keys", new JsonArray());
    json.addProperty("resuming", false);
    json.add("retry_type", JsonNull.INSTANCE);
    return json;
  }

  private static JsonObject state(RunRow row) {
    var details = new JsonObject();
    details.addProperty("flow_run_id", row.run().id());
    add(details, "scheduled_time", row.nextScheduled().map(RowJson::time));
    NULL_DETAILS.forEach(name -> details.add(name, JsonNull.INSTANCE));
    FALSE_DETAILS.forEach(name -> details.addProperty(name, false));
    var json = new JsonObject();
    json.addProperty("id", stateId(row).toString());
    json.addProperty("type", row.type().name());
    json.addProperty("name", row.name());
    json.addProperty("timestamp", time(row.stateTime()));
    add(json, "message", row.message());
    json.add("data", JsonNull.INSTANCE);
    json.add("state_details", details);
    return json;
  }

  private static UUID stateId(RunRow row) {
    long low = ChronoUnit.MICROS.between(Instant.EPOCH, row.stateTime());
    return new UUID(row.run().id.getMostSignificantBits(), low ^ Long.MIN_VALUE);
  }

  static JsonObject flow(Flow flow) {
    if (flow.unreadable) {
      throw RefusedRequest.failed();
    }
    var json = entity(flow.id, flow.created);
    json.addProperty("name", flow.name());
    json.add("tags", new JsonArray());
    json.add("labels", new JsonObject());
    return json;
  }

  static JsonObject deployment(ServerDeployment deployment, Instant now, PoolJson limits) {
    if (deployment.unreadable) {
      throw RefusedRequest.failed();
    }
    Optional<Queue> queue = deployment.queue(now);
    var schema = new JsonObject();
    schema.addProperty("title", "Parameters");
    schema.addProperty("type", "object");
    schema.add("properties", new JsonObject());
    var json = entity(deployment.id, deployment.created);
    json.addProperty("name", deployment.name());
    json.add("version", JsonNull.INSTANCE);
    json.add("description", JsonNull.INSTANCE);
    json.addProperty("flow_id", deployment.flow.id());
    json.addProperty("paused", deployment.paused);
    json.add("schedules", schedules(deployment));
    json.add("concurrency_limit", JsonNull.INSTANCE);
    json.add(
        "global_concurrency_limit",
        deployment.limit.isPresent() ? limits.limit(deployment) : JsonNull.INSTANCE);
    json.add("concurrency_options", JsonNull.INSTANCE);
    json.add("job_variables", new JsonObject());
    json.add("parameters", new JsonObject());
    json.add("pull_steps", JsonNull.INSTANCE);
    var tags = new JsonArray();
    deployment.tags.forEach(tags::add);
    json.add("tags", tags);
    json.add("labels", new JsonObject());
    add(json, "work_queue_name", queue.map(Queue::name));
    add(json, "work_queue_id", queue.map(it -> it.id.toString()));
    json.add("last_polled", JsonNull.INSTANCE);
    json.add("parameter_openapi_schema", schema);
    json.add("path", JsonNull.INSTANCE);
    json.add("entrypoint", JsonNull.INSTANCE);
    json.add("storage_document_id", JsonNull.INSTANCE);
    json.add("infrastructure_document_id", JsonNull.INSTANCE);
    json.add("created_by", JsonNull.INSTANCE);
    json.add("updated_by", JsonNull.INSTANCE);
    add(json, "work_pool_name", queue.map(it -> it.pool.name()));
    json.addProperty("status", deployment.polled ? "READY" : "NOT_READY");
    json.addProperty("enforce_parameter_schema", true);
    return json;
  }

  static JsonObject entity(UUID id, Instant created) {
    var json = new JsonObject();
    json.addProperty("id", id.toString());
    json.addProperty("created", time(created));
    json.addProperty("updated", time(created));
    return json;
  }

  static void add(JsonObject json, String name, Optional<String> value) {
    if (value.isPresent()) {
      json.addProperty(name, value.get());
    } else {
      json.add(name, JsonNull.INSTANCE);
    }
  }

  private static JsonArray schedules(ServerDeployment deployment) {
    var schedules = new JsonArray();
    for (boolean active : deployment.schedules) {
      var cron = new JsonObject();
      cron.addProperty("cron", "0 * * * *");
      cron.addProperty("timezone", "UTC");
      cron.addProperty("day_or", true);
      var schedule = entity(deployment.id, deployment.created);
      schedule.addProperty("deployment_id", deployment.id());
      schedule.add("schedule", cron);
      schedule.addProperty("active", active);
      schedules.add(schedule);
    }
    return schedules;
  }
}
