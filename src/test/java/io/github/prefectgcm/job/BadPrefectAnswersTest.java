package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever Prefect answers: the exit code, one sentence a cause, the watermark, and the job's own
 * metrics. After it the next execution counts everything.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadPrefectAnswersTest {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final String NOTHING = "a server with nothing";
  private static final Instant FIRST_MARK = Site.NOON;
  private static final Instant NEXT_MARK = Site.NOON.plusSeconds(300);

  /** All routes but for health and version. */
  private static final List<String> API =
      List.of("/flow*", "/deployments*", "/work_pools*", "/csrf-token");

  /**
   * What comes in and what comes out of it.
   *
   * @param deadline so short that retries end with it, where they are to
   * @param said part of the only line that is said besides the summary; empty if none is
   */
  record Row(
      String name,
      String deadline,
      Consumer<EmbeddedPrefect> fault,
      int code,
      String said,
      boolean moves,
      boolean healthy) {
    Row ill() {
      return new Row(name, deadline, fault, code, said, moves, false);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Row retried(String name, HttpFault fault, String said) {
    return new Row(name + " for good", "4s", on(List.of("*"), fault), 1, said, false, false);
  }

  private static Row recovered(String name, HttpFault fault) {
    return new Row(
        name + " once", "60s", p -> p.onNth("/flow_runs/filter", 1, fault), 0, "", true, true);
  }

  private static Row broken(String name, HttpFault fault, String said) {
    return new Row(name, "60s", on(List.of("*"), fault), 2, said, false, false);
  }

  private static Row partly(
      String name, String route, HttpFault fault, int code, String said, boolean moves) {
    return partly(name, List.of(route), fault, code, said, moves);
  }

  private static Row partly(
      String name, List<String> routes, HttpFault fault, int code, String said, boolean moves) {
    return new Row(name, "60s", on(routes, fault), code, said, moves, true);
  }

  private static Consumer<EmbeddedPrefect> on(List<String> routes, HttpFault fault) {
    return prefect -> routes.forEach(route -> prefect.onEvery(route, fault));
  }

  private static HttpFault busy() {
    return HttpFault.status(503);
  }

  static Stream<Row> passing() {
    return Stream.of(
            Map.entry("408", HttpFault.status(408)),
            Map.entry("429", HttpFault.tooManyRequests("0.2")),
            Map.entry("500", HttpFault.status(500)),
            Map.entry("502", HttpFault.html(502)),
            Map.entry("503", busy()),
            Map.entry("504", HttpFault.html(504)))
        .flatMap(each ->
            Stream.of(
                retried(each.getKey(), each.getValue(), "it answered " + each.getKey()),
                recovered(each.getKey(), each.getValue())));
  }

  static Stream<Row> broken() {
    return Stream.of(
        retried("a reset", HttpFault.reset(), "the connection broke"),
        recovered("a reset", HttpFault.reset()),
        retried("silence", HttpFault.silence(), "no whole answer came within"),
        retried("cut JSON", HttpFault.cut(), "the answer was cut short or malformed"),
        recovered("cut JSON", HttpFault.cut()),
        recovered("half a text of JSON", HttpFault.truncated()),
        recovered("malformed JSON", HttpFault.malformed()),
        new Row(
            "malformed JSON for good",
            "4s",
            on(API, HttpFault.malformed()),
            1,
            "the answer was cut short or malformed",
            false,
            true),
        new Row(
            "429 that asks for an hour",
            "60s",
            on(List.of("*"), HttpFault.tooManyRequests("3600")),
            1,
            "Prefect asks to wait 3600 s before POST /",
            false,
            false),
        broken(
            "401",
            HttpFault.status(401),
            "Prefect refused the credentials (401): set PREFECT_API_AUTH_STRING to what the"
                + " server's PREFECT_SERVER_API_AUTH_STRING says"),
        broken(
            "403",
            HttpFault.status(403),
            "Prefect does not allow GET /health (403): set PREFECT_API_AUTH_STRING"),
        broken("404", HttpFault.html(404), "check the path in PREFECT_API_URL"),
        partly(
            "401 but for health",
            "/*s/filter",
            HttpFault.status(401),
            2,
            "PREFECT_API_AUTH_STRING",
            false),
        partly(
            "403 but for health", API, HttpFault.status(403), 2, "PREFECT_API_AUTH_STRING", false),
        partly("404 but for health", API, HttpFault.status(404), 2, "PREFECT_API_URL", false),
        partly(
            "422",
            API,
            HttpFault.status(422),
            2,
            "upgrade the server behind PREFECT_API_URL to 3.0.4 or later",
            false),
        broken(
            "a web page",
            HttpFault.html(200),
            "with a web page or other text: PREFECT_API_URL must be the address of the API, which"
                + " for a self-hosted server ends in /api"),
        partly(
            "a web page but for health",
            API,
            HttpFault.html(200),
            2,
            "PREFECT_API_URL must be the address of the API",
            false),
        broken(
            "a login page",
            HttpFault.status(302, Map.of("location", "https://login.example/?next=1"), ""),
            "PREFECT_API_URL redirects to https://login.example/, perhaps a login page: set"
                + " PREFECT_API_URL to the API itself, or PREFECT_CLIENT_CUSTOM_HEADERS to what"
                + " stands in front of it asks for"),
        partly(
            "null for an end time",
            "/flow_runs/filter",
            HttpFault.nulled("end_time"),
            2,
            "missing or unusable end_time",
            false),
        partly(
            "null for an id",
            "/flows/filter",
            HttpFault.nulled("id"),
            2,
            "missing or unusable id",
            false),
        partly(
            "an unknown state type",
            "/flow_runs/filter",
            HttpFault.replaced("state_type", "DREAMING"),
            2,
            "missing or unusable state_type",
            false),
        partly("unknown fields", "/*", HttpFault.unknownFields(), 0, "", true),
        partly(
            NOTHING,
            List.of(
                "/flows/filter",
                "/deployments/filter",
                "/work_pools/filter",
                "/flow_runs/filter",
                "/flow_runs/history"),
            HttpFault.body("[]"),
            0,
            "",
            true),
        partly("not healthy", "/health", HttpFault.status(500), 0, "", true).ill(),
        partly("health says false", "/health", HttpFault.body("false"), 0, "", true).ill());
  }

  static Stream<Row> collectors() {
    return Stream.of(
        partly(
            "workers denied",
            "/work_pools/*/workers/filter",
            HttpFault.status(403),
            2,
            "Prefect does not allow POST /work_pools/k8s/workers/filter (403)",
            true),
        partly(
            "history malformed, of which only two metrics for old dashboards are made",
            "/flow_runs/history",
            HttpFault.replaced("states", "none"),
            0,
            "flow_run_duration_seconds_avg are left out",
            true),
        partly(
            "work pools denied",
            "/work_pools/filter",
            HttpFault.status(403),
            2,
            "Prefect does not allow POST /work_pools/filter (403)",
            true),
        partly(
            "deployments denied, without whose names no run can be counted",
            "/deployments/filter",
            HttpFault.status(403),
            2,
            "Prefect does not allow POST /deployments/filter (403)",
            false));
  }

  @ParameterizedTest
  @MethodSource({"passing", "broken", "collectors"})
  void sayOneSentence(Row row) {
    for (String format : List.of("text", "json")) {
      try (var site = new Site()) {
        site.executeWell();
        site.now = site.now.plus(PERIOD);
        site.environment.put("LOG_FORMAT", format);
        site.environment.put("DEADLINE", row.deadline());
        row.fault().accept(site.prefect);

        Site.Ending ending = site.execute();

        String all = String.join("\n", ending.lines());
        assertEquals(row.code(), ending.code(), all);
        assertEquals(row.said().isEmpty() ? 1 : 2, ending.lines().size(), all);
        assertTrue(ending.said().stream().allMatch(line -> line.contains(row.said())), all);
        assertEquals(Optional.of(row.moves() ? NEXT_MARK : FIRST_MARK), site.watermark(), all);
        assertEquals(
            Optional.of(row.healthy() ? 1.0 : 0.0), site.level("server/healthy", Map.of()), all);
        assertEquals(
            Optional.of(row.code() == 0 ? 1.0 : 0.0), site.level("exporter/up", Map.of()), all);
        if (!row.name().equals(NOTHING)) {
          assertNothingIsLost(site);
        }
      }
    }
  }

  private static void assertNothingIsLost(Site site) {
    site.prefect.recover();
    site.now = site.now.plus(PERIOD);
    site.environment.put("DEADLINE", "60s");
    assertEquals(0, site.execute().code());
    var failed = Map.of("flow_name", "etl", "state", "failed");
    for (String deployment : List.of("hourly", "daily")) {
      var labels = new HashMap<>(failed);
      labels.put("deployment_name", deployment);
      assertEquals(
          Optional.of(1L),
          site.newest("flow_run/finished_count", labels).map(StoredPoint::whole),
          deployment);
    }
  }

  @Test
  void oneCollectorThatFailsDoesNotStopTheOthers() {
    try (var site = new Site()) {
      site.environment.put("DEADLINE", "5s");
      site.prefect.onEvery("/flow_runs/history", busy());
      site.prefect.onEvery("/work_pools/k8s/workers/filter", busy());

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      assertEquals(2, ending.lines().size(), () -> String.join("\n", ending.lines()));
      for (var success :
          Map.of(
                  "inventory", 1.0,
                  "finished_runs", 1.0,
                  "current_runs", 1.0,
                  "expected_runs", 0.0,
                  "workers", 0.0)
              .entrySet()) {
        assertEquals(
            Optional.of(success.getValue()),
            site.level("exporter/collector_success", Map.of("collector", success.getKey())),
            success.getKey());
      }
      assertEquals(Optional.of(FIRST_MARK), site.watermark());
      assertTrue(site.level("work_pool/ready", Map.of()).isPresent());
      assertEquals(Map.of(), site.cloud.series("flow_runs_total"));
      assertEquals(Map.of(), site.cloud.series("work_pool/worker_count"));
    }
  }

  @Test
  void nothingListens() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      site.prefect.close();

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      assertEquals(
          List.of(
              "error: Prefect cannot be reached at "
                  + site.prefect.apiUrl()
                  + ": connection refused; check PREFECT_API_URL and the network"),
          ending.said());
      assertEquals(Optional.of(FIRST_MARK), site.watermark());
      assertEquals(Optional.of(0.0), site.level("server/healthy", Map.of()));
      assertEquals(Optional.of(0.0), site.level("exporter/up", Map.of()));
      assertEquals(
          Optional.of(0.0),
          site.level("exporter/collector_success", Map.of("collector", "finished_runs")));
      assertEquals(Optional.of(0.0), site.level("exporter/skipped_seconds", Map.of()));
    }
  }

  @Test
  void serverTooOld() {
    try (var site = new Site(setup -> setup.version("3.0.3"))) {
      Site.Ending ending = site.execute();

      assertEquals(2, ending.code());
      assertEquals(
          List.of(
              "error: Prefect server 3.0.3 is too old, the end_time filter needs 3.0.4 or later:"
                  + " upgrade the server"),
          ending.said());
      assertEquals(Optional.empty(), site.watermark());
      assertEquals(Optional.of(1.0), site.level("server/healthy", Map.of()));
    }
  }

  /** A failed inventory does not mean that everything was deleted. */
  @Test
  void failedInventoryDropsNothing() {
    try (var site = new Site()) {
      site.executeWell();
      int series = site.cloud.series("flow_run/finished_count").size();
      site.now = site.now.plus(PERIOD);
      site.prefect.onEvery("/work_pools/filter", HttpFault.status(403));

      site.execute();

      assertEquals(
          series,
          site.cloud.series("flow_run/finished_count").values().stream()
              .filter(points -> points.getLast().end().equals(NEXT_MARK))
              .count());
    }
  }
}
