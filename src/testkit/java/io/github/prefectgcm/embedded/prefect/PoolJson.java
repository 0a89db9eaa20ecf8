package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Prefect's answers on work pools, queues, workers and limits.
 *
 * @param tellsSlots whether the server is new enough to tell how many slots are taken
 */
record PoolJson(Workspace workspace, Instant now, boolean tellsSlots) {

  JsonObject pool(Pool pool) {
    String status = pool.status(now);
    var json = RowJson.entity(pool.id, RowJson.BIRTH);
    json.addProperty("name", pool.name());
    json.add("description", JsonNull.INSTANCE);
    json.addProperty("type", pool.type);
    json.add("base_job_template", new JsonObject());
    json.addProperty("is_paused", pool.paused);
    RowJson.add(json, "status", status.equals("null") ? Optional.empty() : Optional.of(status));
    json.addProperty("default_queue_id", pool.queue.id.toString());
    json.add("storage_configuration", new JsonObject());
    slots(json, pool.limit, row -> row.run().pool(now).equals(Optional.of(pool)));
    return json;
  }

  JsonObject queue(Queue queue) {
    var json = RowJson.entity(queue.id, RowJson.BIRTH);
    json.addProperty("name", queue.name());
    json.addProperty("description", "");
    json.addProperty("is_paused", queue.paused);
    json.addProperty("priority", 1);
    json.addProperty("work_pool_id", queue.pool.id.toString());
    json.add("filter", JsonNull.INSTANCE);
    RowJson.add(json, "last_polled", queue.polled.map(RowJson::time));
    json.addProperty("work_pool_name", queue.pool.name());
    json.addProperty("status", queue.status(now));
    slots(json, queue.limit, row -> row.run().queue(now).equals(Optional.of(queue)));
    return json;
  }

  private interface Holder {
    boolean holds(RunRow row);
  }

  private void slots(JsonObject json, OptionalInt limit, Holder holder) {
    json.add("concurrency_limit", JsonNull.INSTANCE);
    if (tellsSlots) {
      json.add("active_slots", JsonNull.INSTANCE);
    }
    if (limit.isPresent()) {
      json.addProperty("concurrency_limit", limit.getAsInt());
      if (tellsSlots) {
        json.addProperty("active_slots", taken(holder, false));
      }
    }
  }

  /** Pools and queues let a run go once it is cancelling, deployments do not. */
  private long taken(Holder holder, boolean cancelling) {
    return workspace.rows(now).stream()
        .filter(row ->
            switch (row.type()) {
              case PENDING, RUNNING -> true;
              case CANCELLING -> cancelling;
              case SCHEDULED, PAUSED, COMPLETED, FAILED, CRASHED, CANCELLED -> false;
            })
        .filter(holder::holds)
        .count();
  }

  JsonObject worker(Pool pool, Pool.Heartbeats worker) {
    var json = RowJson.entity(worker.id(), worker.from());
    json.addProperty("name", worker.name());
    json.addProperty("work_pool_id", pool.id.toString());
    json.addProperty("last_heartbeat_time", RowJson.time(worker.last(now)));
    json.addProperty("heartbeat_interval_seconds", worker.interval().toSeconds());
    json.addProperty("status", worker.online(now) ? "ONLINE" : "OFFLINE");
    return json;
  }

  static JsonObject limit(SharedLimit limit) {
    return limit(limit.id, limit.name, limit.limit, limit.used, limit.active);
  }

  /** The limit of a deployment that has one. */
  JsonObject limit(ServerDeployment deployment) {
    long used = taken(row -> row.run().deployment.equals(Optional.of(deployment)), true);
    return limit(
        new UUID(deployment.id.getLeastSignificantBits(), deployment.id.getMostSignificantBits()),
        "deployment:" + deployment.id,
        deployment.limit.orElseThrow(),
        used,
        true);
  }

  private static JsonObject limit(UUID id, String name, int limit, long used, boolean active) {
    var json = RowJson.entity(id, RowJson.BIRTH);
    json.addProperty("active", active);
    json.addProperty("name", name);
    json.addProperty("limit", limit);
    json.addProperty("active_slots", used);
    json.addProperty("slot_decay_per_second", 0.0);
    return json;
  }
}
