package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a Prefect server in good order answers. */
final class Routes {
  private final Workspace workspace;
  private final InstantSource clock;
  private final ServerOptions settings;
  private final Map<String, String> csrfTokens = new ConcurrentHashMap<>();
  private final Random ties = new Random(1);

  Routes(Workspace workspace, InstantSource clock, ServerOptions settings) {
    this.workspace = workspace;
    this.clock = clock;
    this.settings = settings;
  }

  ServerResponse answer(ReceivedRequest request) {
    try {
      return guarded(request);
    } catch (RefusedRequest refused) {
      return refused.response();
    }
  }

  private ServerResponse guarded(ReceivedRequest request) {
    String route = request.route();
    if (request.method().equals("GET") && route.equals("/health")) {
      return ServerResponse.json(new JsonPrimitive(true));
    }
    if (request.method().equals("GET") && route.equals("/ready")) {
      var ready = new JsonObject();
      ready.addProperty("message", "OK");
      return ServerResponse.json(ready);
    }
    if (request.method().equals("POST")) {
      checkCsrf(request);
    }
    if (settings.authorization().isPresent()
        && !settings.authorization().equals(request.header("authorization"))) {
      return ServerResponse.exception(401, "Unauthorized");
    }
    Instant now = clock.instant();
    return switch (request.method()) {
      case "GET" -> get(request, now);
      case "POST" -> post(route, request, now);
      default -> ServerResponse.detail(405, "Method Not Allowed");
    };
  }

  private void checkCsrf(ReceivedRequest request) {
    if (!settings.csrf()) {
      return;
    }
    String token =
        request.header("prefect-csrf-token").orElseThrow(() -> forbidden("Missing CSRF token."));
    String client =
        request
            .header("prefect-csrf-client")
            .orElseThrow(() -> forbidden("Missing client identifier."));
    if (!token.equals(csrfTokens.get(client))) {
      throw forbidden("Invalid CSRF token or client identifier.");
    }
  }

  private static RefusedRequest forbidden(String detail) {
    return new RefusedRequest(ServerResponse.detail(403, detail));
  }

  /** Voids every token given out so far, as if they had expired. */
  void expireCsrfTokens() {
    csrfTokens.clear();
  }

  private ServerResponse get(ReceivedRequest request, Instant now) {
    return switch (request.route()) {
      case "/version" -> ServerResponse.json(new JsonPrimitive("0.8.4"));
      case "/admin/version" -> ServerResponse.json(new JsonPrimitive(settings.version()));
      case "/csrf-token" -> csrfToken(request, now);
      default -> ServerResponse.detail(404, "Not Found");
    };
  }

  private ServerResponse csrfToken(ReceivedRequest request, Instant now) {
    if (!settings.csrf()) {
      return ServerResponse.detail(422, "CSRF protection is disabled.");
    }
    int query = request.path().indexOf("?client=");
    if (query < 0) {
      throw RefusedRequest.invalid(
          "missing", List.of("client"), "Field required", new JsonObject());
    }
    String client =
        URLDecoder.decode(
            request.path().substring(query + "?client=".length()), StandardCharsets.UTF_8);
    String token = UUID.randomUUID().toString().replace("-", "");
    csrfTokens.put(client, token);
    var json = new JsonObject();
    json.addProperty("id", UUID.randomUUID().toString());
    json.addProperty("created", RowJson.time(now));
    json.addProperty("updated", RowJson.time(now));
    json.addProperty("token", token);
    json.addProperty("client", client);
    json.addProperty("expiration", RowJson.time(now.plus(Duration.ofHours(1))));
    return ServerResponse.json(json);
  }

  private static Fields body(ReceivedRequest request) {
    try {
      return new Fields(request.json(), List.of());
    } catch (JsonParseException | IllegalStateException e) {
      throw RefusedRequest.invalid(
          "json_invalid", List.of(), "JSON decode error", new JsonObject());
    }
  }

  private ServerResponse post(String route, ReceivedRequest request, Instant now) {
    Fields body = body(request);
    try {
      return post(route, body, now);
    } catch (RefusedRequest refused) {
      return refused.echoing(body.json());
    }
  }

  private ServerResponse post(String route, Fields body, Instant now) {
    return switch (route) {
      case "/flow_runs/filter" -> runs(body, now);
      case "/flow_runs/count" -> count(workspace.rows(filter(body, now), now));
      case "/flow_runs/history" ->
          ServerResponse.json(RunHistory.read(workspace, body, filter(body, now), now));
      case "/flows/filter" ->
          page(
              body, flows(body, now), order(body, Flow::name, flow -> flow.created), RowJson::flow);
      case "/flows/count" -> count(flows(body, now));
      case "/deployments/filter" ->
          page(
              body,
              deployments(body, now),
              order(body, ServerDeployment::name, deployment -> deployment.created),
              deployment -> RowJson.deployment(deployment, now, poolJson(now)));
      case "/deployments/count" -> count(deployments(body, now));
      case "/work_pools/filter" ->
          page(
              body,
              new PoolRoutes(workspace, now).pools(body),
              Comparator.comparing(Pool::name),
              poolJson(now)::pool);
      case "/work_pools/count" -> count(new PoolRoutes(workspace, now).pools(body));
      case "/work_queues/filter" ->
          page(
              body,
              new PoolRoutes(workspace, now).queues(body),
              Comparator.comparing(Queue::name),
              poolJson(now)::queue);
      case "/v2/concurrency_limits/filter" ->
          page(
              body,
              new PoolRoutes(workspace, now).limits(poolJson(now)),
              Comparator.comparing(limit -> limit.get("name").getAsString()),
              Function.identity());
      default ->
          route.startsWith("/work_pools/") && route.endsWith("/workers/filter")
              ? workers(route, body, now)
              : ServerResponse.detail(404, "Not Found");
    };
  }

  private RunFilter filter(Fields body, Instant now) {
    return RunFilterReader.read(body, settings.knowsEndTimes(), now);
  }

  private ServerResponse runs(Fields body, Instant now) {
    int limit = limit(body);
    Sort sort = body.text("sort").map(Routes::sort).orElse(Sort.ID_DESC);
    var array = new JsonArray();
    for (RunRow row :
        workspace.page(filter(body, now), sort, offset(body), limit, now, nextTies())) {
      array.add(RowJson.run(row, now, workspace.parameters(row.run())));
    }
    return ServerResponse.json(array);
  }

  private synchronized long nextTies() {
    return ties.nextLong();
  }

  private static Sort sort(String name) {
    if (name.equals("NAME_ASC") || name.equals("NAME_DESC")) {
      throw RefusedRequest.notEmbedded("sort " + name);
    }
    for (Sort sort : Sort.values()) {
      if (sort.name().equals(name)) {
        return sort;
      }
    }
    throw unknownSort(name);
  }

  private List<Flow> flows(Fields body, Instant now) {
    body.without(Set.of("flow_runs", "task_runs", "deployments", "work_pools"));
    Optional<Set<String>> ids =
        ids(body.object("flows").only(FilterKeys.FLOWS).without(Set.of("name", "tags")));
    return workspace.flows(now).stream()
        .filter(flow -> ids.isEmpty() || ids.get().contains(flow.id()))
        .toList();
  }

  private List<ServerDeployment> deployments(Fields body, Instant now) {
    body.without(Set.of("flows", "flow_runs", "task_runs", "work_pools", "work_pool_queues"));
    Set<String> notEmbedded =
        Set.of("name", "flow_or_deployment_name", "paused", "tags", "work_queue_name");
    Optional<Set<String>> ids =
        ids(body.object("deployments").only(FilterKeys.DEPLOYMENTS).without(notEmbedded));
    return workspace.deployments(now).stream()
        .filter(deployment -> ids.isEmpty() || ids.get().contains(deployment.id()))
        .toList();
  }

  private static Optional<Set<String>> ids(Fields filter) {
    return filter
        .without(Set.of("operator"))
        .object("id")
        .only(Set.of("any_", "not_any_"))
        .without(Set.of("not_any_"))
        .texts("any_");
  }

  private ServerResponse workers(String route, Fields body, Instant now) {
    body.without(Set.of("workers"));
    Pool pool = new PoolRoutes(workspace, now).ofWorkers(route);
    List<Pool.Heartbeats> workers =
        pool.workers.stream().filter(worker -> worker.exists(now)).toList();
    return page(
        body,
        workers,
        Comparator.comparing(Pool.Heartbeats::name),
        worker -> poolJson(now).worker(pool, worker));
  }

  private PoolJson poolJson(Instant now) {
    return new PoolJson(workspace, now, settings.tellsSlots());
  }

  /** A page in its order; as with runs, equals come in a new order every time. */
  private <T> ServerResponse page(
      Fields body, List<T> all, Comparator<T> order, Function<T, ? extends JsonElement> json) {
    int limit = limit(body);
    var sorted = new ArrayList<>(all);
    Collections.shuffle(sorted, new Random(nextTies()));
    sorted.sort(order);
    var array = new JsonArray();
    sorted.stream().skip(offset(body)).limit(limit).map(json).forEach(array::add);
    return ServerResponse.json(array);
  }

  private static ServerResponse count(List<?> all) {
    return ServerResponse.json(new JsonPrimitive(all.size()));
  }

  private static <T> Comparator<T> order(
      Fields body, Function<T, String> name, Function<T, Instant> created) {
    return switch (body.text("sort").orElse("NAME_ASC")) {
      case "NAME_ASC" -> Comparator.comparing(name);
      case "NAME_DESC" -> Comparator.comparing(name).reversed();
      case "CREATED_DESC", "UPDATED_DESC" -> Comparator.comparing(created).reversed();
      case String other -> throw unknownSort(other);
    };
  }

  private static RefusedRequest unknownSort(String name) {
    return RefusedRequest.invalid(
        "enum", List.of("sort"), "Input should be a known sort", new JsonPrimitive(name));
  }

  private int limit(Fields body) {
    double limit = body.number("limit").orElse((double) settings.limit());
    if (limit < 0) {
      throw invalidLimit("greater than or equal to 0.");
    }
    if (limit > settings.limit()) {
      throw invalidLimit("less than or equal to " + settings.limit() + ".");
    }
    return (int) limit;
  }

  private static RefusedRequest invalidLimit(String rule) {
    return new RefusedRequest(ServerResponse.detail(422, "Invalid limit: must be " + rule));
  }

  private static int offset(Fields body) {
    double offset = body.number("offset").orElse(0.0);
    if (offset < 0) {
      throw RefusedRequest.invalid(
          "greater_than_equal",
          List.of("offset"),
          "Input should be greater than or equal to 0",
          new JsonPrimitive(offset));
    }
    return (int) offset;
  }
}
