package io.github.prefectgcm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks a real and an embedded server the same and compares what comes over the wire. */
final class WireComparison implements AutoCloseable {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** Free-form objects: what is inside is the user's. */
  private static final Set<String> OPAQUE =
      Set.of(
          "parameters",
          "labels",
          "context",
          "job_variables",
          "base_job_template",
          "parameter_openapi_schema",
          "storage_configuration",
          "state.data");

  private static final Map<String, List<String>> READ =
      Map.of(
          "/flow_runs/filter",
          List.of(
              "id",
              "flow_id",
              "deployment_id",
              "work_pool_name",
              "work_queue_name",
              "state_type",
              "state_name",
              "state.timestamp",
              "state.message",
              "infrastructure_pid",
              "run_count",
              "total_run_time",
              "start_time",
              "end_time",
              "expected_start_time",
              "next_scheduled_start_time"),
          "/flows/filter",
          List.of("id", "name"),
          "/deployments/filter",
          List.of(
              "id",
              "name",
              "flow_id",
              "work_pool_name",
              "paused",
              "global_concurrency_limit.limit",
              "global_concurrency_limit.active_slots",
              "global_concurrency_limit.active"),
          "/work_pools/filter",
          List.of("id", "name", "type", "status", "is_paused", "concurrency_limit", "active_slots"),
          "/work_queues/filter",
          List.of(
              "id",
              "name",
              "work_pool_name",
              "status",
              "is_paused",
              "last_polled",
              "concurrency_limit",
              "active_slots"),
          "/v2/concurrency_limits/filter",
          List.of("id", "name", "limit", "active_slots", "active"),
          "/workers/filter",
          List.of("id", "name", "status", "last_heartbeat_time", "heartbeat_interval_seconds"),
          "/flow_runs/history",
          List.of(
              "states[].state_type",
              "states[].state_name",
              "states[].count_runs",
              "states[].sum_estimated_run_time"));

  private static final List<String> BAD_REQUESTS =
      List.of(
          "{\"limit\":6}",
          "{\"limit\":-1}",
          "{\"offset\":-1}",
          "{\"sort\":\"END_TIME_ASC\"}",
          "{\"flow_runs\":{\"ended\":{}}}",
          "{\"flow_runs\":{\"end_time\":{\"after\":\"2026-03-01T12:00:00Z\"}}}",
          "{\"flow_runs\":{\"end_time\":{\"after_\":\"noon\"}}}",
          "{\"flow_runs\":{\"id\":{\"any_\":\"one\"}}}",
          "{\"flows\":{\"ids\":{}}}",
          "{\"deployments\":{\"ids\":{}}}");

  private final URI real;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WireComparison(URI real) {
    this.real = real;
  }

  @Override
  public void close() {
    client.close();
  }

  void compareAnswers() throws Exception {
    Workspace workspace = Workspace.random(1, 200, NOON.minus(Duration.ofHours(3)), NOON);
    try (var embedded = EmbeddedPrefect.start(workspace, InstantSource.fixed(NOON))) {
      for (String route : READ.keySet()) {
        compareShapes(route, answers(real, route), answers(embedded.apiUrl(), route));
      }
      for (String things : List.of("/flow_runs", "/flows", "/deployments", "/work_pools")) {
        String count = things + "/count";
        assertEquals(
            shape(post(real, count, "{}")), shape(post(embedded.apiUrl(), count, "{}")), count);
      }
      for (String route : List.of("/health", "/ready", "/version", "/admin/version")) {
        assertEquals(
            shape(get(real, route).body()), shape(get(embedded.apiUrl(), route).body()), route);
      }
    }
  }

  private JsonElement answers(URI server, String route) throws Exception {
    if (route.equals("/workers/filter")) {
      String pool = server.equals(real) ? "processes" : "kubernetes-prod";
      return JsonParser.parseString(post(server, "/work_pools/" + pool + route, "{}"));
    }
    if (route.equals("/flow_runs/history")) {
      Instant end = server.equals(real) ? Instant.now() : NOON;
      var body = new JsonObject();
      body.addProperty("history_start", end.minus(Duration.ofHours(24)).toString());
      body.addProperty("history_end", end.toString());
      body.addProperty("history_interval_seconds", 86_400);
      return JsonParser.parseString(post(server, route, body.toString()));
    }
    // All pages: a field may be null in most rows.
    var rows = new JsonArray();
    for (int offset = 0; offset < 200; offset += 5) {
      String body = "{\"limit\":5,\"offset\":" + offset + "}";
      rows.addAll(JsonParser.parseString(post(server, route, body)).getAsJsonArray());
    }
    return rows;
  }

  private static void compareShapes(String route, JsonElement real, JsonElement embedded) {
    Map<String, Set<String>> realShape = shape(real);
    Map<String, Set<String>> embeddedShape = shape(embedded);
    embeddedShape.forEach((field, types) -> {
      Set<String> realTypes = realShape.getOrDefault(field, Set.of());
      String told = route + " " + field + ": " + types + ", but really " + realTypes;
      assertTrue(realShape.containsKey(field), told);
      boolean unknown = types.equals(Set.of("null")) || realTypes.equals(Set.of("null"));
      assertTrue(
          unknown || types.stream().anyMatch(it -> !it.equals("null") && realTypes.contains(it)),
          told);
    });
    for (String name : READ.getOrDefault(route, List.of())) {
      String field = "[]." + name;
      Set<String> types = embeddedShape.getOrDefault(field, Set.of());
      assertEquals(realShape.getOrDefault(field, Set.of()), types, route + " " + field);
      assertTrue(types.stream().anyMatch(type -> !type.equals("null")), route + " " + field);
    }
  }

  private static Map<String, Set<String>> shape(String json) {
    return shape(JsonParser.parseString(json));
  }

  /** The JSON types that occur at each path. */
  private static Map<String, Set<String>> shape(JsonElement json) {
    var shape = new TreeMap<String, Set<String>>();
    shape("", json, shape);
    return shape;
  }

  private static void shape(String path, JsonElement json, Map<String, Set<String>> shape) {
    shape.computeIfAbsent(path, key -> new TreeSet<>()).add(type(json));
    if (json instanceof JsonArray array) {
      array.forEach(element -> shape(path + "[]", element, shape));
    } else if (json instanceof JsonObject object && !OPAQUE.contains(path.replace("[].", ""))) {
      object.asMap().forEach((name, value) -> shape(path + "." + name, value, shape));
    }
  }

  private static String type(JsonElement json) {
    return switch (json) {
      case JsonNull none -> "null";
      case JsonArray array -> "list";
      case JsonObject object -> "object";
      case JsonPrimitive primitive when primitive.isString() -> "text";
      case JsonPrimitive primitive when primitive.isBoolean() -> "flag";
      default -> "number";
    };
  }

  void compareRefusals() throws Exception {
    var setup = EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).limit(5);
    try (var embedded = setup.start()) {
      for (String body : BAD_REQUESTS) {
        compareRefusal(
            body,
            send(real, "/flow_runs/filter", body),
            send(embedded.apiUrl(), "/flow_runs/filter", body));
      }
      for (String route : List.of("/work_pools/none/workers/filter", "/nowhere")) {
        compareRefusal(route, send(real, route, "{}"), send(embedded.apiUrl(), route, "{}"));
      }
      String token = "/csrf-token?client=me";
      compareRefusal(token, get(real, token), get(embedded.apiUrl(), token));
    }
  }

  void compareProtection() throws Exception {
    var setup = EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON));
    String basic = basic("admin:pass");
    String runs = "/flow_runs/filter";
    try (var embedded = setup.authString("admin:pass").csrf().start()) {
      URI other = embedded.apiUrl();
      compareRefusal("no token", send(real, runs, "{}"), send(other, runs, "{}"));
      String[] half = {"authorization", basic, "prefect-csrf-token", "x"};
      compareRefusal("no client", send(real, runs, "{}", half), send(other, runs, "{}", half));
      String[] wrong = {
        "authorization", basic, "prefect-csrf-token", "x", "prefect-csrf-client", "y"
      };
      compareRefusal("wrong token", send(real, runs, "{}", wrong), send(other, runs, "{}", wrong));
      for (String route : List.of("/version", "/admin/version", "/csrf-token?client=me")) {
        compareRefusal(route, get(real, route), get(other, route));
        String[] bad = {"authorization", basic("admin:other")};
        compareRefusal(route, get(real, route, bad), get(other, route, bad));
      }
      String token = "/csrf-token?client=me";
      assertEquals(
          shape(get(real, token, "authorization", basic).body()),
          shape(get(other, token, "authorization", basic).body()));
      assertEquals(get(real, "/health").body(), get(other, "/health").body());
    }
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  /** The words are compared where a reader may look at them: not pydantic's prose. */
  private static void compareRefusal(
      String request, HttpResponse<String> real, HttpResponse<String> embedded) {
    assertTrue(real.statusCode() >= 400, request + " was accepted: " + real.body());
    assertEquals(real.statusCode(), embedded.statusCode(), request + " " + embedded.body());
    assertEquals(words(real.body()), words(embedded.body()), request);
  }

  private static String words(String body) {
    JsonObject object = JsonParser.parseString(body).getAsJsonObject();
    if (!object.has("exception_detail")) {
      return object.toString();
    }
    JsonObject first = object.getAsJsonArray("exception_detail").get(0).getAsJsonObject();
    return object.get("exception_message")
        + " "
        + first.get("type")
        + " "
        + first.get("loc")
        + " "
        + object.get("request_body");
  }

  private String post(URI server, String route, String body) throws Exception {
    HttpResponse<String> response = send(server, route, body);
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  private HttpResponse<String> send(URI server, String route, String body, String... headers)
      throws Exception {
    return exchange(
        request(server, route)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  private HttpResponse<String> get(URI server, String route, String... headers) throws Exception {
    return exchange(request(server, route), headers);
  }

  private static HttpRequest.Builder request(URI server, String route) {
    return HttpRequest.newBuilder(URI.create(server + route)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request, String... headers)
      throws Exception {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
