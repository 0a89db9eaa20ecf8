package io.github.prefectgcm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Undetailed;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.Secret;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the job relies on, of any Prefect server. */
abstract class PrefectContract {
  private static final String PASSWORD = "admin:pass";

  /** A server with pages of five and a workspace in it. */
  abstract URI apiUrl();

  abstract KnownWorkspace truth();

  /** A server without a workspace that asks for {@code admin:pass} and for CSRF tokens. */
  abstract URI protectedUrl();

  @Test
  void everyRunOfAWindowComesOnce() throws Exception {
    try (Source source = open()) {
      assertEquals(counted(truth().finished()), counted(finishedRuns(source, whole())));
    }
  }

  @Test
  void theLastRunToEndComesFirst() throws Exception {
    try (Source source = open()) {
      List<Instant> ends =
          finishedRuns(source, whole()).stream().map(FinishedRun::endTime).toList();
      assertEquals(ends.stream().sorted(Comparator.reverseOrder()).toList(), ends);
    }
  }

  @Test
  void subflowRunsComeWhenAskedFor() throws Exception {
    assertFalse(truth().subflows().isEmpty());
    try (Source source = open(true)) {
      var all = Stream.concat(truth().finished().stream(), truth().subflows().stream()).toList();
      assertEquals(counted(all), counted(finishedRuns(source, whole())));
    }
  }

  /** Windows that meet at the very end of a run, and a microsecond before it. */
  @Test
  void windowsThatMeetShareNothingAndLoseNothing() throws Exception {
    Instant start = whole().start();
    Instant end = whole().end();
    try (Source source = open()) {
      for (Instant edge : edges()) {
        if (edge.isAfter(start) && edge.isBefore(end)) {
          var earlier = new Window(start, edge);
          var later = new Window(edge, end);
          assertEquals(counted(within(earlier)), counted(finishedRuns(source, earlier)));
          assertEquals(counted(within(later)), counted(finishedRuns(source, later)));
        }
      }
    }
  }

  /** Of the first, the last and the most frequent end: between them all that can go wrong. */
  private List<Instant> edges() {
    Map<Instant, Long> ends =
        truth().finished().stream()
            .collect(Collectors.groupingBy(FinishedRun::endTime, Collectors.counting()));
    Instant frequent =
        ends.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Instant first = ends.keySet().stream().min(Comparator.naturalOrder()).orElseThrow();
    Instant last = ends.keySet().stream().max(Comparator.naturalOrder()).orElseThrow();
    return Stream.of(first, frequent, last)
        .flatMap(it -> Stream.of(it.minusNanos(1_000), it))
        .toList();
  }

  @Test
  void aWindowWithoutRunsIsEmpty() throws Exception {
    Instant start = whole().start();
    try (Source source = open()) {
      assertEquals(List.of(), finishedRuns(source, new Window(start.minusSeconds(60), start)));
    }
  }

  /** Whether it has ended or not; runs that never did are not among them. */
  @Test
  void everyRunThatStartedComesOnce() throws Exception {
    var whole = new Window(whole().start().minus(Duration.ofDays(30)), truth().asOf());
    long expected =
        truth().finished().stream().filter(FinishedRun::started).count()
            + truth().open().stream().filter(KnownWorkspace.Open::started).count();
    try (Source source = open()) {
      List<StartedRun> runs = startedRuns(source, whole);

      assertEquals(expected, runs.size());
      List<Instant> starts = runs.stream().map(StartedRun::startTime).toList();
      assertEquals(starts.stream().sorted(Comparator.reverseOrder()).toList(), starts);
      assertTrue(runs.stream().noneMatch(run -> run.lateness().isNegative()));
      Instant edge = starts.get(starts.size() / 2);
      List<StartedRun> later = startedRuns(source, new Window(edge, whole.end()));
      List<StartedRun> earlier = startedRuns(source, new Window(whole.start(), edge));
      assertTrue(earlier.stream().anyMatch(run -> run.startTime().equals(edge)));
      assertEquals(
          counted(runs), counted(Stream.concat(later.stream(), earlier.stream()).toList()));
    }
  }

  @Test
  void outcomesOfDeploymentsAreThoseOfTheirRuns() throws Exception {
    try (Source source = open()) {
      List<Deployment> deployments = source.inventory().deployments();
      var expected = new HashMap<String, Outcomes>();
      for (Deployment deployment : deployments) {
        String name = deployment.origin().deploymentName();
        expected.put(name, outcomes(run -> run.origin().deploymentName().equals(name)));
      }
      var actual = new HashMap<String, Outcomes>();
      source
          .outcomes(deployments, whole().end(), 1_000)
          .forEach((deployment, its) -> actual.put(deployment.origin().deploymentName(), its));
      assertEquals(expected, actual);
    }
  }

  private Outcomes outcomes(Function<FinishedRun, Boolean> which) {
    Outcomes outcomes = Outcomes.NONE;
    for (FinishedRun run :
        truth().finished().stream()
            .filter(which::apply)
            .sorted(Comparator.comparing(FinishedRun::endTime).reversed())
            .toList()) {
      outcomes = outcomes.withEarlier(run);
    }
    return outcomes;
  }

  @Test
  void runsThatAreDueAndNotFinalComeInTheirState() throws Exception {
    var current = new ArrayList<CurrentRun>();
    try (Source source = open()) {
      source.currentRuns(truth().asOf(), current::add);
    }
    assertEquals(
        counted(truth().open()),
        counted(
            current.stream()
                .map(run ->
                    new KnownWorkspace.Open(
                        run.workPoolName(), run.workQueueName(), run.state(), run.started()))
                .toList()));
    for (CurrentRun run : current) {
      boolean mayBeAhead = run.state() == CurrentState.AWAITING_RETRY;
      assertTrue(mayBeAhead || !run.due().isAfter(truth().asOf()), run.toString());
      assertFalse(run.since().isAfter(truth().asOf()), run.toString());
    }
  }

  @Test
  void whatExistsIsListed() throws Exception {
    try (Source source = open()) {
      Inventory inventory = source.inventory();
      assertEquals(truth().flows(), inventory.flowNames());
      assertEquals(
          truth().deployments().stream().sorted().toList(),
          inventory.deployments().stream().map(it -> it.origin().deploymentName()).toList());
      assertEquals(
          truth().pools(),
          inventory.workPools().stream().collect(Collectors.toMap(WorkPool::name, WorkPool::type)));
    }
  }

  @Test
  void workersHaveHeartbeats() throws Exception {
    try (Source source = open()) {
      List<Worker> workers = source.workers(source.inventory().workPools());
      assertEquals(
          truth().workers(), workers.stream().map(Worker::name).collect(Collectors.toSet()));
      for (Worker worker : workers) {
        assertEquals(Duration.ofSeconds(30), worker.heartbeatInterval());
        assertFalse(worker.lastHeartbeat().orElseThrow().isAfter(truth().asOf()));
      }
    }
  }

  @Test
  void poolsAndQueuesTellTheirSlots() throws Exception {
    try (Source source = open()) {
      var slots = new HashMap<String, Slots>();
      source
          .inventory()
          .workPools()
          .forEach(pool -> pool.slots().ifPresent(its -> slots.put(pool.name(), its)));
      assertEquals(truth().slots(), slots);
      List<WorkQueue> queues = source.workQueues();
      assertEquals(
          truth().queues(),
          queues.stream()
              .map(queue ->
                  new KnownWorkspace.Queue(
                      queue.workPoolName(),
                      queue.name(),
                      queue.paused(),
                      queue.lastPolled().isPresent(),
                      queue.slots()))
              .collect(Collectors.toSet()));
      for (WorkQueue queue : queues) {
        queue.lastPolled().ifPresent(last -> assertFalse(last.isAfter(truth().asOf())));
      }
    }
  }

  @Test
  void deploymentsTellTheirSlotsAndWhetherTheyArePaused() throws Exception {
    try (Source source = open()) {
      List<Deployment> deployments = source.inventory().deployments();
      assertEquals(
          truth().limits().stream()
              .filter(limit -> limit.kind() == ConcurrencyLimit.Kind.DEPLOYMENT)
              .collect(Collectors.toSet()),
          deployments.stream()
              .flatMap(deployment ->
                  deployment.slots().stream()
                      .map(slots ->
                          new ConcurrencyLimit(
                              ConcurrencyLimit.Kind.DEPLOYMENT, deployment.id(), slots)))
              .collect(Collectors.toSet()));
      assertEquals(
          truth().paused(),
          deployments.stream()
              .filter(Deployment::paused)
              .map(deployment -> deployment.origin().deploymentName())
              .collect(Collectors.toSet()));
    }
  }

  @Test
  void concurrencyLimitsThatAreActiveAreListed() throws Exception {
    try (Source source = open()) {
      assertEquals(truth().limits(), Set.copyOf(source.concurrencyLimits()));
    }
  }

  /** Those that wait for another attempt are not among them. */
  @Test
  void runsThatAreScheduledAreCounted() throws Exception {
    try (Source source = open()) {
      Instant now = truth().asOf();
      assertEquals(1, source.scheduledRuns(now, now.plus(Duration.ofHours(24))));
      assertEquals(0, source.scheduledRuns(now, now.plusSeconds(5)));
    }
  }

  @Test
  void theServerSaysThatItIsReadyAndIsMeasured() {
    try (Source source = open()) {
      assertEquals(Optional.of(true), source.ready());
      assertEquals(Map.of("2xx", 1L), source.traffic().answers());
      assertTrue(source.traffic().medianLatency().isPresent());
    }
  }

  @Test
  void expectedRunsAreCountedByState() throws Exception {
    List<StateCount> counts;
    try (Source source = open()) {
      counts = source.expectedRuns(truth().asOf().minus(Duration.ofHours(2)), truth().asOf());
    }
    assertEquals(truth().finished().size(), sum(counts, true));
    assertEquals(truth().open().size(), sum(counts, false));
    assertTrue(counts.stream().anyMatch(it -> it.stateName().equals("Late") && it.count() == 1));
  }

  private static long sum(List<StateCount> counts, boolean finished) {
    return counts.stream()
        .filter(it -> it.finished() == finished)
        .mapToLong(StateCount::count)
        .sum();
  }

  @Test
  void contactTellsTheTimeAndTheVersion() {
    try (Source source = open()) {
      ServerStatus contact = source.contact();
      assertTrue(contact.healthy());
      assertTrue(contact.version().orElseThrow().startsWith("3."), contact.toString());
      assertTrue(contact.problem().isEmpty(), contact.toString());
      Duration passed = Duration.between(truth().asOf(), contact.clock().orElseThrow().theirs());
      assertTrue(passed.compareTo(Duration.ofSeconds(-1)) > 0, passed.toString());
      assertTrue(passed.compareTo(Duration.ofMinutes(10)) < 0, passed.toString());
    }
  }

  @Test
  void aProtectedServerIsReadWithItsPassword() throws Exception {
    try (Source source = open(protectedUrl(), Optional.of(new Secret(PASSWORD)), false)) {
      assertTrue(source.contact().healthy());
      assertEquals(List.of(), source.inventory().deployments());
      assertEquals(List.of(), finishedRuns(source, whole()));
    }
  }

  @Test
  void anotherPasswordIsALastingProblem() throws Exception {
    try (Source source = open(protectedUrl(), Optional.of(new Secret("admin:wrong")), false)) {
      assertTrue(source.contact().healthy());
      var refused = assertThrows(SourceException.class, source::inventory);
      assertTrue(refused.isLasting(), refused.getMessage());
    }
  }

  private Source open() {
    return open(false);
  }

  private Source open(boolean includeSubflows) {
    return open(apiUrl(), Optional.empty(), includeSubflows);
  }

  private static Source open(URI apiUrl, Optional<Secret> authString, boolean includeSubflows) {
    return PrefectSource.open(
        new Connection(
            apiUrl,
            Optional.empty(),
            authString,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            includeSubflows),
        Time.real(),
        () -> Duration.ofSeconds(30));
  }

  private static List<FinishedRun> finishedRuns(Source source, Window window) throws Exception {
    var runs = new ArrayList<FinishedRun>();
    source.finishedRuns(window, run -> runs.add(withoutDetails(run)));
    return runs;
  }

  private static FinishedRun withoutDetails(FinishedRun run) {
    assertFalse(run.details().id().isEmpty());
    assertFalse(run.details().name().isEmpty());
    assertFalse(run.details().stateId().isEmpty());
    assertTrue(run.details().expected().isPresent());
    return Undetailed.run(run);
  }

  private static List<StartedRun> startedRuns(Source source, Window window) throws Exception {
    var runs = new ArrayList<StartedRun>();
    source.startedRuns(window, runs::add);
    return runs;
  }

  /** From just before the first end to the very last. */
  private Window whole() {
    List<Instant> ends =
        Stream.concat(truth().finished().stream(), truth().subflows().stream())
            .map(FinishedRun::endTime)
            .sorted()
            .toList();
    return new Window(ends.getFirst().minusNanos(1_000), ends.getLast());
  }

  private List<FinishedRun> within(Window window) {
    return truth().finished().stream().filter(run -> window.contains(run.endTime())).toList();
  }

  /** Compares lists whose order does not matter. */
  private static <T> Map<T, Long> counted(Collection<T> things) {
    return things.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
