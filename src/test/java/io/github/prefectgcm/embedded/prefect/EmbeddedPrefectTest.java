package io.github.prefectgcm.embedded.prefect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rules that readers rely on, asked over the wire. */
class EmbeddedPrefectTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String RUNS = "/flow_runs/filter";

  private final Workspace workspace = new Workspace(1);
  private final Pool pool = workspace.workPool("k8s", "kubernetes");
  private final Flow etl = workspace.flow("etl");
  private final ServerDeployment daily = workspace.deployment(etl, "daily", pool);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void bothBoundsAreInclusive() throws Exception {
    ended(NOON.minusSeconds(300));
    ended(NOON.minusSeconds(299));
    ended(NOON);
    ended(NOON.minusSeconds(301));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.plusSeconds(60)))) {
      assertEquals(
          List.of("2026-03-01T12:00:00Z", "2026-03-01T11:55:01Z", "2026-03-01T11:55:00Z"),
          values(window(prefect, "2026-03-01T11:55:00Z", "2026-03-01T12:00:00Z"), "end_time"));
    }
  }

  @Test
  void equalEndsComeInANewOrderEveryTime() throws Exception {
    for (int i = 0; i < 20; i++) {
      ended(NOON);
    }
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      var orders = new ArrayList<List<String>>();
      for (int i = 0; i < 3; i++) {
        orders.add(values(window(prefect, "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"), "id"));
      }
      assertEquals(3, orders.stream().distinct().count());
      assertEquals(
          1, orders.stream().map(order -> order.stream().sorted().toList()).distinct().count());
    }
  }

  @Test
  void aRunIsShownAsOfTheClock() throws Exception {
    Instant due = NOON.minusSeconds(100);
    workspace
        .scheduled(daily, due)
        .pending(due.plusSeconds(30))
        .running(due.plusSeconds(40))
        .awaits("AwaitingRetry", due.plusSeconds(50), due.plusSeconds(60))
        .running(due.plusSeconds(61))
        .enters(ServerStateType.COMPLETED, due.plusMillis(70_500))
        .enters(ServerStateType.CRASHED, due.plusSeconds(90));
    assertEquals("SCHEDULED Scheduled 0 0.0", shown(due.minusSeconds(1)));
    assertEquals("SCHEDULED Scheduled 0 0.0", shown(due.plusSeconds(14)));
    assertEquals("SCHEDULED Late 0 0.0", shown(due.plusSeconds(15)));
    assertEquals("PENDING Pending 0 0.0", shown(due.plusSeconds(30)));
    assertEquals("RUNNING Running 1 0.0", shown(due.plusSeconds(45)));
    assertEquals("SCHEDULED AwaitingRetry 1 10.0", shown(due.plusSeconds(50)));
    assertEquals("RUNNING Running 2 10.0", shown(due.plusSeconds(61)));
    assertEquals("COMPLETED Completed 2 19.5", shown(due.plusSeconds(71)));
    assertEquals("CRASHED Crashed 2 19.5", shown(due.plusSeconds(90)));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      JsonElement row = post(prefect, RUNS, "{}").get(0);
      assertEquals("\"2026-03-01T11:59:30.500000Z\"", field(row, "end_time"));
      assertEquals(
          "\"2026-03-01T11:59:50Z\"", field(row.getAsJsonObject().get("state"), "timestamp"));
    }
  }

  @Test
  void aRerunClearsTheEndAndSetsItAnew() throws Exception {
    Run run = ended(NOON.minusSeconds(200));
    run.awaits("AwaitingRetry", NOON.minusSeconds(100), NOON.minusSeconds(100))
        .running(NOON.minusSeconds(90))
        .enters(ServerStateType.COMPLETED, NOON.minusSeconds(80));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.minusSeconds(95)))) {
      assertEquals(0, window(prefect, "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z").size());
    }
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      assertEquals(
          List.of("2026-03-01T11:58:40Z"),
          values(window(prefect, "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"), "end_time"));
    }
  }

  @Test
  void aLateCommitIsSeenLaterUnderItsOldTime() throws Exception {
    ended(NOON).seenFrom(NOON.plusSeconds(30));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.plusSeconds(29)))) {
      assertEquals(0, window(prefect, "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z").size());
      assertEquals(
          1,
          post(prefect, RUNS, "{\"flow_runs\":{\"state\":{\"type\":{\"any_\":[\"RUNNING\"]}}}}")
              .size());
    }
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.plusSeconds(30)))) {
      assertEquals(1, window(prefect, "2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z").size());
    }
  }

  @Test
  void aRunThatNeverStartedHasItsEndAsStart() throws Exception {
    workspace.neverStarted(daily, ServerStateType.CANCELLED, NOON);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      JsonElement row = post(prefect, RUNS, "{}").get(0);
      assertEquals("\"2026-03-01T12:00:00Z\"", field(row, "start_time"));
      assertEquals("0", field(row, "run_count"));
    }
  }

  @Test
  void anyAndNotAnyTogetherFilterNothing() throws Exception {
    ended(NOON);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      String both = "{\"any_\":[\"RUNNING\"],\"not_any_\":[\"COMPLETED\"]}";
      String body = "{\"flow_runs\":{\"state\":{\"type\":" + both + "}}}";
      assertEquals(1, post(prefect, RUNS, body).size());
    }
  }

  @Test
  void unknownKeysAreRefusedInsideAFilterAndIgnoredOutside() throws Exception {
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      assertEquals(200, send(prefect, RUNS, "{\"flowruns\":{}}").statusCode());
      HttpResponse<String> refused = send(prefect, RUNS, "{\"flow_runs\":{\"ended\":{}}}");
      assertEquals(422, refused.statusCode());
      assertTrue(refused.body().contains("extra_forbidden"), refused.body());
    }
  }

  @Test
  void aLimitAboveTheServersIsRefused() throws Exception {
    try (var prefect = EmbeddedPrefect.of(workspace, at(NOON)).limit(5).start()) {
      assertEquals(
          "{\"detail\":\"Invalid limit: must be less than or equal to 5.\"}",
          send(prefect, RUNS, "{\"limit\":6}").body());
      assertEquals(0, post(prefect, RUNS, "{\"limit\":0}").size());
    }
  }

  @Test
  void anOldServerDoesNotKnowEndTimes() throws Exception {
    try (var prefect = EmbeddedPrefect.of(workspace, at(NOON)).version("3.0.3").start()) {
      assertEquals(422, send(prefect, RUNS, "{\"flow_runs\":{\"end_time\":{}}}").statusCode());
    }
  }

  @Test
  void historyCountsByExpectedStartWithAnOpenEnd() throws Exception {
    workspace.finished(daily, ServerStateType.FAILED, NOON, Duration.ofMillis(8_900));
    workspace.scheduled(daily, NOON.plusSeconds(60));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      String body =
          """
          {"history_start":"2026-03-01T11:01:00Z","history_end":"2026-03-01T12:01:00Z",
           "history_interval_seconds":3600}
          """;
      assertEquals(
          JsonParser.parseString(
              """
              [{"interval_start":"2026-03-01T11:01:00Z","interval_end":"2026-03-01T12:01:00Z",
                "states":[{"state_type":"FAILED","state_name":"Failed","count_runs":1,
                           "sum_estimated_run_time":8.0,"sum_estimated_lateness":2.0}]}]
              """),
          post(prefect, "/flow_runs/history", body));
    }
  }

  @Test
  void aDeletedDeploymentLeavesItsRuns() throws Exception {
    ended(NOON);
    workspace.scheduled(daily, NOON.plusSeconds(600));
    workspace.delete(daily, NOON.plusSeconds(1));
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.plusSeconds(1)))) {
      assertEquals(List.of(daily.id()), values(post(prefect, RUNS, "{}"), "deployment_id"));
      assertEquals(0, post(prefect, "/deployments/filter", "{}").size());
    }
  }

  @Test
  void aWorkerGoesOfflineAfterThreeMissedHeartbeats() throws Exception {
    workspace.worker(pool, "w1", NOON.minusSeconds(95), NOON);
    assertEquals(List.of("ONLINE"), workers(NOON.plusSeconds(85)));
    assertEquals(List.of("OFFLINE"), workers(NOON.plusSeconds(86)));
    assertEquals(List.of(), workers(NOON.minusSeconds(96)));
  }

  @Test
  void authorizationAndCsrfAreAskedForInPrefectsWords() throws Exception {
    try (var prefect =
        EmbeddedPrefect.of(workspace, at(NOON)).authString("admin:pass").csrf().start()) {
      assertEquals(200, get(prefect, "/health").statusCode());
      assertEquals(401, get(prefect, "/admin/version").statusCode());
      HttpResponse<String> missing = send(prefect, RUNS, "{}");
      assertEquals(403, missing.statusCode());
      assertEquals("{\"detail\":\"Missing CSRF token.\"}", missing.body());
      String basic = "Basic YWRtaW46cGFzcw==";
      String token =
          JsonParser.parseString(
                  get(prefect, "/csrf-token?client=me", "authorization", basic).body())
              .getAsJsonObject()
              .get("token")
              .getAsString();
      HttpResponse<String> answer =
          send(
              prefect,
              RUNS,
              "{}",
              "authorization",
              basic,
              "prefect-csrf-client",
              "me",
              "prefect-csrf-token",
              token);
      assertEquals("[]", answer.body());
    }
  }

  @Test
  void theDateIsTheClocks() throws Exception {
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON.plusMillis(999)))) {
      assertEquals(
          "Sun, 01 Mar 2026 12:00:00 GMT",
          get(prefect, "/health").headers().firstValue("date").orElseThrow());
    }
  }

  @Test
  void aFaultHitsTheRequestItIsWrittenFor() throws Exception {
    ended(NOON);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      prefect.onNth(RUNS, 2, HttpFault.tooManyRequests("7"));
      assertEquals(200, send(prefect, RUNS, "{}").statusCode());
      HttpResponse<String> limited = send(prefect, RUNS, "{}");
      assertEquals(429, limited.statusCode());
      assertEquals("7", limited.headers().firstValue("retry-after").orElseThrow());
      assertEquals(200, send(prefect, RUNS, "{}").statusCode());
      prefect.onEvery("/flow_runs/*", HttpFault.nulled("end_time"));
      assertEquals("null", field(post(prefect, RUNS, "{}").get(0), "end_time"));
      prefect.recover();
      prefect.onNext(RUNS, 1, HttpFault.cut());
      assertThrows(IOException.class, () -> send(prefect, RUNS, "{}"));
      prefect.onNext(RUNS, 1, HttpFault.reset());
      assertThrows(IOException.class, () -> send(prefect, RUNS, "{}"));
      assertEquals(6, prefect.requests(RUNS).size());
    }
  }

  @Test
  void pagesOfManyRunsAreFast() throws Exception {
    for (int i = 0; i < 200_000; i++) {
      workspace.finished(
          daily, ServerStateType.COMPLETED, NOON.minusSeconds(i), Duration.ofSeconds(5));
    }
    workspace.parameters(2_000, 20_000);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      JsonArray page = window(prefect, "2026-02-28T00:00:00Z", "2026-02-28T12:00:00Z");
      assertEquals(200, page.size());
      assertEquals("\"2026-02-28T11:56:41Z\"", field(page.get(199), "end_time"));
    }
  }

  @Test
  void requestsUnderWayAreCountedUntilTheirEnd() throws Exception {
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      var all = new CountDownLatch(3);
      prefect.onEvery(
          "/health",
          HttpFault.after(() -> {
            all.countDown();
            assertTrue(awaited(all));
          }));
      var request = HttpRequest.newBuilder(URI.create(prefect.apiUrl() + "/health")).build();
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 3; i++) {
        answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      for (var answer : answers) {
        assertEquals("true", answer.join().body());
      }
      assertEquals(3, prefect.mostAtOnce());
    }
  }

  @Test
  void closingEndsARequestThatIsNeverAnswered() {
    CompletableFuture<HttpResponse<String>> answer;
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      var arrived = new CountDownLatch(1);
      prefect.onEvery(
          "/health",
          (request, server) -> {
            arrived.countDown();
            return HttpFault.silence().answer(request, server);
          });
      var request = HttpRequest.newBuilder(URI.create(prefect.apiUrl() + "/health")).build();
      answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      assertTrue(awaited(arrived));
    }
    assertThrows(CompletionException.class, answer::join);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void aTrickleArrivesWhole() throws Exception {
    ended(NOON);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      prefect.onEvery(RUNS, HttpFault.trickle(500, Duration.ofMillis(1)));
      assertEquals(1, post(prefect, RUNS, "{}").size());
    }
  }

  @Test
  void longAnswersAreZippedForThoseWhoAsk() throws Exception {
    ended(NOON);
    try (var prefect = EmbeddedPrefect.start(workspace, at(NOON))) {
      var zipped = send(prefect, RUNS, "{}", "accept-encoding", "gzip");
      assertEquals("gzip", zipped.headers().firstValue("content-encoding").orElseThrow());
      assertTrue(send(prefect, RUNS, "{}").headers().firstValue("content-encoding").isEmpty());
    }
  }

  @Test
  void outsideTheBasePathIsThePageForHumans() throws Exception {
    try (var prefect = EmbeddedPrefect.of(workspace, at(NOON)).basePath("/team/api").start()) {
      assertEquals("true", get(prefect, "/health").body());
      var request = HttpRequest.newBuilder(prefect.apiUrl().resolve("/api/health"));
      assertTrue(send(request).body().startsWith("<!doctype html>"));
    }
  }

  private Run ended(Instant end) {
    return workspace.finished(daily, ServerStateType.COMPLETED, end, Duration.ofSeconds(5));
  }

  private static InstantSource at(Instant time) {
    return InstantSource.fixed(time);
  }

  private String shown(Instant now) throws Exception {
    try (var prefect = EmbeddedPrefect.start(workspace, at(now))) {
      JsonElement row = post(prefect, RUNS, "{}").get(0);
      return String.join(
          " ",
          text(row, "state_type"),
          text(row, "state_name"),
          field(row, "run_count"),
          field(row, "total_run_time"));
    }
  }

  private List<String> workers(Instant now) throws Exception {
    try (var prefect = EmbeddedPrefect.start(workspace, at(now))) {
      return values(post(prefect, "/work_pools/k8s/workers/filter", "{}"), "status");
    }
  }

  private JsonArray window(EmbeddedPrefect prefect, String after, String before) throws Exception {
    return post(
        prefect,
        RUNS,
        """
        {"sort":"END_TIME_DESC","flow_runs":{"end_time":{"after_":"%s","before_":"%s"}}}
        """
            .formatted(after, before));
  }

  private JsonArray post(EmbeddedPrefect prefect, String route, String body) throws Exception {
    HttpResponse<String> response = send(prefect, route, body);
    assertEquals(200, response.statusCode(), response.body());
    return JsonParser.parseString(response.body()).getAsJsonArray();
  }

  private HttpResponse<String> send(
      EmbeddedPrefect prefect, String route, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(prefect.apiUrl() + route))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(request, headers);
  }

  private HttpResponse<String> get(EmbeddedPrefect prefect, String route, String... headers)
      throws Exception {
    return send(HttpRequest.newBuilder(URI.create(prefect.apiUrl() + route)), headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> values(JsonArray rows, String field) {
    return rows.asList().stream().map(row -> text(row, field)).toList();
  }

  private static String text(JsonElement row, String field) {
    return row.getAsJsonObject().get(field).getAsString();
  }

  private static String field(JsonElement row, String field) {
    return row.getAsJsonObject().get(field).toString();
  }
}
