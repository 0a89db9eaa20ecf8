package io.github.prefectgcm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonParser;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** Rows that a real Prefect takes, stores and cannot show again. */
@EnabledIf("isWanted")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableRowsIT {
  /** What no page can hold: too large a number, half a character, and nine hundred lists. */
  private static final List<String> PARAMETERS =
      List.of(
          "{\"n\": 36893488147419103232}",
          "{\"c\": \"\\ud800\"}",
          "{\"l\": " + "[".repeat(900) + "]".repeat(900) + "}");

  private RealPrefect prefect;
  private Instant begin;
  private String flow;
  private String deployment;

  static boolean isWanted() {
    return RealPrefectContractIT.isWanted();
  }

  @BeforeAll
  void start() throws Exception {
    prefect = RealPrefect.start(Map.of());
    begin = Instant.now().minusSeconds(1);
    flow = create("/flows/", "{\"name\": \"etl\"}");
    deployment =
        create(
            "/deployments/",
            "{\"name\": \"daily\", \"flow_id\": \"%s\", \"enforce_parameter_schema\": false}"
                .formatted(flow));
  }

  @AfterAll
  void close() throws IOException {
    if (prefect != null) {
      prefect.close();
    }
  }

  @Test
  void theyCostOnlyThemselves() throws Exception {
    run("{}");
    for (String parameters : PARAMETERS) {
      run(parameters);
      run("{}");
    }
    assertEquals(500, status("/flow_runs/filter", "{}"), "Prefect shows them after all");

    var runs = new ArrayList<FinishedRun>();
    try (var source = PrefectSource.open(connection(), Time.real(), () -> Duration.ofMinutes(2))) {
      var _ = source.inventory();
      source.finishedRuns(new Window(begin, Instant.now().plusSeconds(1)), runs::add);

      assertEquals(PARAMETERS.size(), source.unreadable());
    }
    assertEquals(
        PARAMETERS.size(),
        runs.stream().filter(run -> run.reason() == EndReason.UNREADABLE).count());
    assertEquals(7, runs.size());
    assertFalse(
        runs.stream().anyMatch(run -> !run.origin().deploymentName().equals("daily")),
        runs::toString);
  }

  private Connection connection() {
    return new Connection(
        prefect.apiUrl(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** One that has ended already; the answer may be an error, and the run is there all the same. */
  private void run(String parameters) throws Exception {
    var _ =
        status(
            "/flow_runs/",
            """
            {"flow_id": "%s", "deployment_id": "%s", "parameters": %s,
             "state": {"type": "COMPLETED"}}
            """
                .formatted(flow, deployment, parameters));
  }

  private String create(String path, String body) throws Exception {
    var answer = send(path, body);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsString();
  }

  private int status(String path, String body) throws Exception {
    return send(path, body).statusCode();
  }

  /** On a connection of its own: Prefect closes one on which it has failed. */
  private HttpResponse<String> send(String path, String body) throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request(path, body), BodyHandlers.ofString());
    }
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(prefect.apiUrl() + path))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
