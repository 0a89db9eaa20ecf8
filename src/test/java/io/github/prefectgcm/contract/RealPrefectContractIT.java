package io.github.prefectgcm.contract;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract of a real server whose runs really ran, and the proof that the embedded server
 * speaks as it does. Skipped where there is no Prefect, unless {@code PREFECT_REQUIRED=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf("isWanted")
class RealPrefectContractIT extends PrefectContract {
  private RealPrefect prefect;
  private RealPrefect protectedPrefect;
  private JsonObject told;

  static boolean isWanted() {
    return Boolean.parseBoolean(System.getenv("PREFECT_REQUIRED"))
        || RealPrefect.executable().isPresent();
  }

  @BeforeAll
  void start() throws Exception {
    prefect = RealPrefect.givenOrStarted(Map.of("PREFECT_SERVER_API_DEFAULT_LIMIT", "5"));
    protectedPrefect =
        RealPrefect.start(
            Map.of(
                "PREFECT_SERVER_API_AUTH_STRING",
                "admin:pass",
                "PREFECT_SERVER_CSRF_PROTECTION_ENABLED",
                "true"));
    told = prefect.fill();
  }

  @AfterAll
  void close() throws Exception {
    // The second is null if the first did not start.
    for (RealPrefect started :
        Stream.of(prefect, protectedPrefect).filter(it -> it != null).toList()) {
      started.close();
    }
  }

  @Test
  void theEmbeddedServerAnswersInTheSameShape() throws Exception {
    try (var wire = new WireComparison(prefect.apiUrl())) {
      wire.compareAnswers();
    }
  }

  @Test
  void theEmbeddedServerRefusesInTheSameWords() throws Exception {
    try (var wire = new WireComparison(prefect.apiUrl())) {
      wire.compareRefusals();
    }
  }

  @Test
  void theEmbeddedServerAsksForPasswordAndTokenInTheSameWords() throws Exception {
    try (var wire = new WireComparison(protectedPrefect.apiUrl())) {
      wire.compareProtection();
    }
  }

  @Override
  URI apiUrl() {
    return prefect.apiUrl();
  }

  @Override
  URI protectedUrl() {
    return protectedPrefect.apiUrl();
  }

  @Override
  KnownWorkspace truth() {
    return new KnownWorkspace(
        OffsetDateTime.parse(told.get("as_of").getAsString()).toInstant(),
        finished(false),
        finished(true),
        objects("current").map(RealPrefectContractIT::open).toList(),
        texts("flows"),
        texts("deployments"),
        texts("paused"),
        told.getAsJsonObject("pools").entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getAsString())),
        texts("workers"),
        told.getAsJsonObject("slots").entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> slots(it.getValue()))),
        objects("queues").map(RealPrefectContractIT::queue).collect(Collectors.toSet()),
        told.getAsJsonArray("limits").asList().stream()
            .map(it -> limit(it.getAsJsonArray()))
            .collect(Collectors.toSet()));
  }

  private List<FinishedRun> finished(boolean subflows) {
    return objects("finished")
        .filter(run -> run.get("subflow").getAsBoolean() == subflows)
        .map(RealPrefectContractIT::finishedRun)
        .toList();
  }

  private static FinishedRun finishedRun(JsonObject run) {
    long micros = Math.round(run.get("run_time").getAsDouble() * 1e6);
    Instant end = OffsetDateTime.parse(run.get("end_time").getAsString()).toInstant();
    return new FinishedRun(
        new Origin(text(run, "flow"), text(run, "deployment"), text(run, "pool")),
        FinalState.valueOf(text(run, "state")),
        run.get("run_count").getAsInt(),
        Duration.of(micros, ChronoUnit.MICROS),
        end,
        EndReason.valueOf(text(run, "reason")));
  }

  private static KnownWorkspace.Open open(JsonObject run) {
    return new KnownWorkspace.Open(
        text(run, "pool"),
        text(run, "queue"),
        CurrentState.valueOf(text(run, "state")),
        run.get("started").getAsBoolean());
  }

  private static KnownWorkspace.Queue queue(JsonObject queue) {
    return new KnownWorkspace.Queue(
        text(queue, "pool"),
        text(queue, "name"),
        queue.has("paused"),
        queue.has("polled"),
        Optional.ofNullable(queue.get("slots")).map(RealPrefectContractIT::slots));
  }

  /** The limit, and how much of it is taken. */
  private static Slots slots(JsonElement pair) {
    JsonArray numbers = pair.getAsJsonArray();
    return new Slots(numbers.get(0).getAsLong(), Optional.of(numbers.get(1).getAsLong()));
  }

  private static ConcurrencyLimit limit(JsonArray told) {
    return new ConcurrencyLimit(
        ConcurrencyLimit.Kind.valueOf(told.get(0).getAsString()),
        told.get(1).getAsString(),
        new Slots(told.get(2).getAsLong(), Optional.of(told.get(3).getAsLong())));
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }

  private Stream<JsonObject> objects(String name) {
    JsonArray array = told.getAsJsonArray(name);
    return array.asList().stream().map(element -> element.getAsJsonObject());
  }

  private Set<String> texts(String name) {
    return told.getAsJsonArray(name).asList().stream()
        .map(element -> element.getAsString())
        .collect(Collectors.toSet());
  }
}
