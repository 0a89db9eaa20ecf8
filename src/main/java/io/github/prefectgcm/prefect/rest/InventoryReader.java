package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what exists: flows, deployments, work pools and workers. */
final class InventoryReader {
  private static final String LIMIT = "global_concurrency_limit.";
  private static final String SCHEDULES = "schedules";
  private static final String ACTIVE = "schedules.active";
  private static final Set<String> FLOW = Set.of("id", "name", "tags");
  private static final Set<String> DEPLOYMENT =
      Set.of(
          "id",
          "name",
          "flow_id",
          "work_pool_name",
          "tags",
          "paused",
          "status",
          SCHEDULES,
          ACTIVE,
          "concurrency_limit",
          LIMIT,
          LIMIT + "limit",
          LIMIT + "active_slots",
          LIMIT + "active");
  private static final Set<String> POOL =
      Set.of("id", "name", "type", "status", "is_paused", "concurrency_limit", "active_slots");
  private static final Set<String> WORKER =
      Set.of("id", "name", "status", "last_heartbeat_time", "heartbeat_interval_seconds");

  /** What Prefect's server assumes of a worker that does not say. */
  private static final double HEARTBEAT_SECONDS = 30;

  /** Deployments of several flows may share a name, but hardly ever the time they were made. */
  private static final JsonObject NEWEST_FIRST =
      QueryJson.of("sort", new JsonPrimitive("CREATED_DESC"));

  private final Paginator pages;
  private final NameCache flows;
  private final NameCache deployments;
  private final DeploymentDirectory directory;

  InventoryReader(
      Paginator pages, NameCache flows, NameCache deployments, DeploymentDirectory directory) {
    this.directory = directory;
    this.pages = pages;
    this.flows = flows;
    this.deployments = deployments;
  }

  Inventory inventory() throws SourceException {
    long before = pages.unreadable();
    var flowNames = new HashSet<String>();
    for (JsonRow row : pages.all("/flows", NEWEST_FIRST, FLOW).rows()) {
      flows.learn(row);
      flowNames.add(row.text("name"));
    }
    List<Deployment> all = deployments();
    List<WorkPool> workPools = workPools();
    return new Inventory(all, flowNames, workPools, pages.unreadable() == before);
  }

  private List<Deployment> deployments() throws SourceException {
    List<JsonRow> rows = pages.all("/deployments", NEWEST_FIRST, DEPLOYMENT).rows();
    var flowIds = new ArrayList<String>();
    for (JsonRow row : rows) {
      flowIds.add(row.text("flow_id"));
    }
    flows.lookUp(flowIds);
    var list = new ArrayList<Deployment>();
    var listed = new HashMap<String, Origin>();
    for (JsonRow row : rows) {
      deployments.learn(row);
      String pool = row.optionalText("work_pool_name").orElse("");
      var origin =
          new Origin(
              flows.of(row.text("flow_id")),
              row.text("name"),
              pool,
              deployments.owner(row.text("id"), List.of()));
      list.add(
          new Deployment(
              row.text("id"),
              origin,
              row.isTrue("paused"),
              limit(row),
              row.optionalText("status").map("READY"::equals),
              row.rowsIn(SCHEDULES).stream().anyMatch(each -> each.isTrue(ACTIVE))));
      listed.put(row.text("id"), origin);
    }
    directory.list(listed);
    list.sort((one, other) -> Arrays.compare(rank(one), rank(other)));
    return list;
  }

  /** One that is not active holds nothing back; old servers have but a number. */
  private static Optional<Slots> limit(JsonRow row) {
    Optional<Long> limit = row.optionalNumber(LIMIT + "limit").map(Math::round);
    if (limit.isEmpty()) {
      return SlotFields.of(row);
    }
    Optional<Long> used = row.optionalNumber(LIMIT + "active_slots").map(Math::round);
    return limit.filter(_ -> row.isTrue(LIMIT + "active")).map(slots -> new Slots(slots, used));
  }

  private static String[] rank(Deployment deployment) {
    Origin origin = deployment.origin();
    return new String[] {origin.deploymentName(), origin.flowName(), deployment.id()};
  }

  private List<WorkPool> workPools() throws SourceException {
    var pools = new ArrayList<WorkPool>();
    List<JsonRow> rows = pages.all("/work_pools", new JsonObject(), POOL).rows();
    pages.each(
        rows,
        row -> {
          Optional<Boolean> ready = row.optionalText("status").map("READY"::equals);
          String type = row.optionalText("type").orElse("");
          boolean paused = row.flag("is_paused");
          pools.add(new WorkPool(row.text("name"), type, ready, paused, SlotFields.of(row)));
        });
    pools.sort((one, other) -> one.name().compareTo(other.name()));
    return pools;
  }

  List<Worker> workers(Collection<WorkPool> pools) throws SourceException {
    var workers = new ArrayList<Worker>();
    for (WorkPool pool : pools) {
      if (pool.hasWorkers()) {
        // A pool that was deleted meanwhile has no workers.
        List<JsonRow> rows = pages.find(path(pool), new JsonObject(), WORKER).orElse(List.of());
        pages.each(rows, row -> workers.add(worker(pool, row)));
      }
    }
    return workers;
  }

  private static String path(WorkPool pool) {
    String name = URLEncoder.encode(pool.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return "/work_pools/" + name + "/workers/filter";
  }

  private static Worker worker(WorkPool pool, JsonRow row) throws SourceException {
    double interval = row.optionalNumber("heartbeat_interval_seconds").orElse(HEARTBEAT_SECONDS);
    return new Worker(
        pool.name(),
        row.text("name"),
        row.text("status").equals("ONLINE"),
        row.optionalInstant("last_heartbeat_time"),
        Duration.ofMillis(Math.round(interval * 1000)));
  }
}
