package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last success and the failures since, found with few requests. */
class PastOutcomeReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<ServerStateType> ENDS =
      List.of(
          ServerStateType.COMPLETED,
          ServerStateType.FAILED,
          ServerStateType.CRASHED,
          ServerStateType.CANCELLED);

  private final Workspace workspace = new Workspace(1);
  private final Map<String, io.github.prefectgcm.embedded.prefect.ServerDeployment> embedded =
      new HashMap<>();

  @Test
  void aTieCountsAsAFailureSinceAndWhatComesLaterNotAtAll() throws Exception {
    Deployment daily = deployment("daily");
    ended(daily, ServerStateType.FAILED, NOON.minusSeconds(20));
    ended(daily, ServerStateType.COMPLETED, NOON.minusSeconds(10));
    ended(daily, ServerStateType.FAILED, NOON.minusSeconds(10));
    ended(daily, ServerStateType.CANCELLED, NOON.minusSeconds(9));
    ended(daily, ServerStateType.CRASHED, NOON);
    ended(daily, ServerStateType.FAILED, NOON.plusSeconds(1));
    ended(daily, ServerStateType.COMPLETED, NOON.plusSeconds(2));
    assertEquals(
        Map.of(daily, new Outcomes(Optional.of(NOON.minusSeconds(10)), 2)),
        outcomes(List.of(daily), 200, 10));
  }

  @Test
  void noSuccessAndNoRunAreKnownToo() throws Exception {
    Deployment never = deployment("never");
    Deployment failing = deployment("failing");
    ended(failing, ServerStateType.FAILED, NOON.minusSeconds(10));
    assertEquals(
        Map.of(never, Outcomes.NONE, failing, new Outcomes(Optional.empty(), 1)),
        outcomes(List.of(never, failing), 200, 2));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void enoughCallsSettleEveryDeployment(long seed) throws Exception {
    var random = new Random(seed);
    var truth = new HashMap<Deployment, Outcomes>();
    for (int d = 0; d < 12; d++) {
      Deployment deployment = deployment("d" + d);
      truth.put(deployment, filled(deployment, random));
    }
    assertEquals(truth, outcomes(new ArrayList<>(truth.keySet()), 5, 200));
  }

  private Outcomes filled(Deployment deployment, Random random) {
    int runs = random.nextInt(25);
    var states = new ArrayList<ServerStateType>();
    for (int i = 0; i < runs; i++) {
      ServerStateType state = ENDS.get(random.nextInt(random.nextBoolean() ? 4 : 2));
      ended(deployment, state, NOON.minusSeconds(10L * (runs - i)));
      states.add(state);
    }
    int last = states.lastIndexOf(ServerStateType.COMPLETED);
    long failures =
        states.subList(last + 1, runs).stream()
            .filter(state -> state == ServerStateType.FAILED || state == ServerStateType.CRASHED)
            .count();
    Optional<Instant> success =
        last < 0 ? Optional.empty() : Optional.of(NOON.minusSeconds(10L * (runs - last)));
    return new Outcomes(success, failures);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13})
  void fewCallsSettleTheFirstOnes(int calls) throws Exception {
    var random = new Random(7);
    var deployments = new ArrayList<Deployment>();
    var truth = new HashMap<Deployment, Outcomes>();
    for (int d = 0; d < 30; d++) {
      Deployment deployment = deployment("d" + d);
      deployments.add(deployment);
      truth.put(deployment, filled(deployment, random));
    }
    try (var prefect = start(40);
        var source = TestConnections.open(prefect.apiUrl())) {
      // The server's page is learnt in a request that does not count.
      var _ = source.inventory();
      prefect.forgetRequests();
      Map<Deployment, Outcomes> found = source.outcomes(deployments, NOON, calls);
      assertTrue(prefect.requests().size() <= calls);
      found.forEach((deployment, outcomes) -> assertEquals(truth.get(deployment), outcomes));
    }
  }

  private Deployment deployment(String name) {
    var deployment = workspace.served(workspace.flow("flow of " + name), name);
    embedded.put(deployment.id(), deployment);
    return new Deployment(deployment.id(), new Origin("flow of " + name, name, ""));
  }

  private void ended(Deployment deployment, ServerStateType state, Instant end) {
    var its = embedded.get(deployment.id());
    if (its != null) {
      workspace.finished(its, state, end, Duration.ofSeconds(1));
    }
  }

  private Map<Deployment, Outcomes> outcomes(List<Deployment> deployments, int limit, int calls)
      throws SourceException {
    try (var prefect = start(limit);
        var source = TestConnections.open(prefect.apiUrl())) {
      return source.outcomes(deployments, NOON, calls);
    }
  }

  private EmbeddedPrefect start(int limit) {
    return EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON.plusSeconds(60)))
        .limit(limit)
        .start();
  }
}
