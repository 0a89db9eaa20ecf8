package io.github.prefectgcm.embedded.prefect;

import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What a Prefect server knows: flows, deployments, work pools and the timelines of runs, past and
 * to come. It has no clock of its own; whoever reads says as of when.
 */
public final class Workspace {
  private static final String LIMIT_REACHED = "Deployment concurrency limit reached.";

  private final Random random;
  private final List<Flow> flows = new CopyOnWriteArrayList<>();
  private final List<ServerDeployment> deployments = new CopyOnWriteArrayList<>();
  private final List<Pool> pools = new CopyOnWriteArrayList<>();
  private final List<SharedLimit> limits = new CopyOnWriteArrayList<>();

  private final List<Run> runs = new ArrayList<>();

  /** A run stands under every end that it ever has; a reader checks which of them holds now. */
  private final NavigableMap<Instant, List<Run>> byEnd = new TreeMap<>();

  private final NavigableMap<Instant, List<Run>> byExpected = new TreeMap<>();
  private final NavigableMap<Instant, List<Run>> bySettled = new TreeMap<>();
  private volatile int leastParameters;
  private volatile int mostParameters;

  /**
   * An empty workspace.
   *
   * @param seed of all ids
   */
  public Workspace(long seed) {
    random = new Random(seed);
  }

  /**
   * A workspace with some deployments of every kind of run that ended between the two instants, and
   * some that are under way, late or still to come at the second.
   */
  public static Workspace random(long seed, int runs, Instant from, Instant to) {
    return RandomHistory.create(seed, runs, from, to);
  }

  public Flow flow(String name) {
    var flow = new Flow(id(), name, birth(flows.size()));
    flows.add(flow);
    return flow;
  }

  public Pool workPool(String name, String type) {
    var pool = new Pool(id(), id(), name, type);
    pools.add(pool);
    return pool;
  }

  /** One more queue of a pool. */
  public Queue workQueue(Pool pool, String name) {
    var queue = new Queue(id(), pool, name);
    pool.queues.add(queue);
    return queue;
  }

  /** A concurrency limit that is not a deployment's; that of a tag is named {@code tag:...}. */
  public SharedLimit concurrencyLimit(String name, int slots) {
    var limit = new SharedLimit(id(), name, slots);
    limits.add(limit);
    return limit;
  }

  public ServerDeployment deployment(Flow flow, String name, Pool pool) {
    return add(
        new ServerDeployment(id(), flow, name, Optional.of(pool), birth(deployments.size())));
  }

  /** A deployment that is served by its own process, without a work pool. */
  public ServerDeployment served(Flow flow, String name) {
    return add(new ServerDeployment(id(), flow, name, Optional.empty(), birth(deployments.size())));
  }

  private ServerDeployment add(ServerDeployment deployment) {
    deployments.add(deployment);
    return deployment;
  }

  /** A worker that sends a heartbeat every 30 s in that time. */
  public void worker(Pool pool, String name, Instant from, Instant to) {
    pool.workers.add(new Pool.Heartbeats(id(), name, from, to, Duration.ofSeconds(30)));
  }

  /** Deletes a flow with its deployments and runs. */
  public void delete(Flow flow, Instant time) {
    flow.deleted = time;
  }

  /** Deletes a deployment with its scheduled runs; the others stay. */
  public void delete(ServerDeployment deployment, Instant time) {
    deployment.deleted = time;
  }

  public void delete(Pool pool, Instant time) {
    pool.deleted = time;
  }

  /** A run that the scheduler made an hour before it is to start; Late if nothing follows. */
  public Run scheduled(ServerDeployment deployment, Instant expected) {
    Instant created = expected.minus(Duration.ofHours(1));
    return scheduled(deployment, created, expected);
  }

  /** A run that was made then and is to start later. */
  public Run scheduled(ServerDeployment deployment, Instant created, Instant expected) {
    return add(
        deployment.flow,
        Optional.of(deployment),
        Optional.empty(),
        expected,
        change(ServerStateType.SCHEDULED, created, Optional.of(expected)));
  }

  /** A run without a deployment, PENDING from the start. */
  public Run adHoc(Flow flow, Instant created) {
    return add(
        flow,
        Optional.empty(),
        Optional.empty(),
        created,
        change(ServerStateType.PENDING, created, Optional.empty()));
  }

  /** A run that a task of another run started. */
  public Run subflow(Flow flow, Instant created) {
    return add(
        flow,
        Optional.empty(),
        Optional.of(id()),
        created,
        change(ServerStateType.PENDING, created, Optional.empty()));
  }

  /** A run that was scheduled, ran in one attempt and ended. */
  public Run finished(
      ServerDeployment deployment, ServerStateType state, Instant end, Duration runTime) {
    Instant start = end.minus(runTime);
    Instant expected = start.minusSeconds(2);
    return add(
        deployment.flow,
        Optional.of(deployment),
        Optional.empty(),
        expected,
        change(ServerStateType.SCHEDULED, expected.minusSeconds(3_600), Optional.of(expected)),
        change(ServerStateType.PENDING, start.minusSeconds(1), Optional.empty()),
        change(ServerStateType.RUNNING, start, Optional.empty()),
        change(state, end, Optional.empty()));
  }

  /** A run without a deployment that ran in one attempt and ended. */
  public Run finished(Flow flow, ServerStateType state, Instant end, Duration runTime) {
    return adHoc(flow, end.minus(runTime)).running(end.minus(runTime)).enters(state, end);
  }

  /** A run that was due a minute earlier, and whose infrastructure did not come up. */
  public Run neverStarted(ServerDeployment deployment, ServerStateType state, Instant end) {
    return withdrawn(deployment, state, end).withInfrastructure();
  }

  /** A run that was due a minute earlier, and was ended before a worker had started anything. */
  public Run withdrawn(ServerDeployment deployment, ServerStateType state, Instant end) {
    return scheduled(deployment, end.minusSeconds(60)).enters(state, end);
  }

  /** A run that Prefect cancels because its deployment may have no more, under CANCEL_NEW. */
  public Run overLimit(ServerDeployment deployment, Instant end) {
    return withdrawn(deployment, ServerStateType.CANCELLED, end).saying(LIMIT_REACHED);
  }

  /** From now on every row carries parameters of that many characters, between the two. */
  public void parameters(int least, int most) {
    leastParameters = least;
    mostParameters = most;
  }

  /** Long ago, one after the other. */
  private static Instant birth(int ordinal) {
    return Instant.parse("2025-01-01T00:00:00Z").plusSeconds(ordinal);
  }

  private static StateChange change(
      ServerStateType type, Instant time, Optional<Instant> scheduled) {
    return new StateChange(type, type.defaultName(), time, time, scheduled);
  }

  private Run add(
      Flow flow,
      Optional<ServerDeployment> deployment,
      Optional<UUID> parentTaskRun,
      Instant expected,
      StateChange... changes) {
    synchronized (this) {
      var run = new Run(this, id(), flow, deployment, parentTaskRun, expected, List.of(changes));
      runs.add(run);
      put(byExpected, expected, run);
      index(run);
      return run;
    }
  }

  void replace(Run run, Supplier<List<StateChange>> changes) {
    synchronized (this) {
      ends(run).forEach(end -> remove(byEnd, end, run));
      remove(bySettled, run.settled(), run);
      run.changes(changes.get());
      index(run);
    }
  }

  private void index(Run run) {
    ends(run).forEach(end -> put(byEnd, end, run));
    put(bySettled, run.settled(), run);
  }

  private static List<Instant> ends(Run run) {
    return run.changes().stream()
        .filter(change -> change.type().isFinal())
        .map(StateChange::time)
        .distinct()
        .toList();
  }

  private static void put(NavigableMap<Instant, List<Run>> index, Instant key, Run run) {
    List<Run> group = index.get(key);
    if (group == null) {
      // Most groups stay alone: a list without spare room.
      index.put(key, List.of(run));
    } else if (group.size() == 1) {
      index.put(key, new ArrayList<>(List.of(group.getFirst(), run)));
    } else {
      group.add(run);
    }
  }

  private static void remove(NavigableMap<Instant, List<Run>> index, Instant key, Run run) {
    List<Run> group = index.getOrDefault(key, List.of());
    if (group.size() == 1) {
      index.remove(key);
    } else {
      group.remove(run);
    }
  }

  private synchronized UUID id() {
    long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(version4, variant);
  }

  List<Flow> flows(Instant now) {
    return flows.stream().filter(flow -> flow.exists(now)).toList();
  }

  List<ServerDeployment> deployments(Instant now) {
    return deployments.stream().filter(deployment -> deployment.exists(now)).toList();
  }

  List<Pool> pools(Instant now) {
    return pools.stream().filter(pool -> pool.exists(now)).toList();
  }

  List<SharedLimit> limits() {
    return List.copyOf(limits);
  }

  int parameters(Run run) {
    int spread = mostParameters - leastParameters + 1;
    return leastParameters + Math.floorMod(run.id.hashCode(), spread);
  }

  /** Every run that exists at that moment, in the order of creation here. */
  synchronized List<RunRow> rows(Instant now) {
    return runs.stream().flatMap(run -> RunRow.of(run, now).stream()).toList();
  }

  /** The truth that a reader has to come to: every run that ended in the window, in any order. */
  public List<FinishedRun> finishedRuns(Window window, Instant now, boolean subflows) {
    return rows(now).stream()
        .filter(row -> row.end().isPresent() && window.contains(row.end().get()))
        .filter(row -> subflows || row.run().parentTaskRun.isEmpty())
        .map(row -> finishedRun(row, now))
        .toList();
  }

  private static FinishedRun finishedRun(RunRow row, Instant now) {
    Optional<ServerDeployment> deployment = row.run().deployment;
    var origin =
        new Origin(
            row.run().flow.name(),
            deployment.map(it -> it.exists(now) ? it.name() : Origin.DELETED).orElse(""),
            deployment
                .flatMap(it -> it.pool)
                .filter(it -> it.exists(now))
                .map(Pool::name)
                .orElse(""));
    return new FinishedRun(
        origin,
        FinalState.valueOf(row.type().name()),
        row.runCount(),
        row.total(),
        row.end().orElseThrow(),
        reason(row));
  }

  private static EndReason reason(RunRow row) {
    if (row.message().equals(Optional.of(LIMIT_REACHED))) {
      return EndReason.CONCURRENCY_LIMIT;
    }
    boolean waited = row.runCount() == 0 && !row.run().hasInfrastructure();
    boolean decided =
        row.type() == ServerStateType.CANCELLED || row.type() == ServerStateType.COMPLETED;
    return waited && decided ? EndReason.WITHDRAWN : EndReason.OTHER;
  }

  /** The matching rows in no order. */
  synchronized List<RunRow> rows(RunFilter filter, Instant now) {
    var rows = new ArrayList<RunRow>();
    for (List<Run> group : candidates(filter, now)) {
      matching(group, filter, now, rows);
    }
    // A run that ended twice stands under both ends.
    return filter.endTime().isBounded() ? rows.stream().distinct().toList() : rows;
  }

  /**
   * A page of the matching rows.
   *
   * @param ties seed of the order among equals, which no server promises
   */
  synchronized List<RunRow> page(
      RunFilter filter, Sort sort, int offset, int limit, Instant now, long ties) {
    var shuffle = new Random(ties);
    boolean ordered = sort == Sort.END_TIME_DESC && filter.endTime().isBounded();
    if (!ordered) {
      var rows = new ArrayList<>(rows(filter, now));
      Collections.shuffle(rows, shuffle);
      rows.sort(sort.order());
      return slice(rows, offset, limit);
    }
    var rows = new ArrayList<RunRow>();
    for (var group : filter.endTime().of(byEnd).descendingMap().entrySet()) {
      var equals = new ArrayList<RunRow>();
      matching(group.getValue(), filter, now, equals);
      equals.removeIf(row -> !row.end().equals(Optional.of(group.getKey())));
      Collections.shuffle(equals, shuffle);
      rows.addAll(equals);
      if (rows.size() >= offset + limit) {
        break;
      }
    }
    return slice(rows, offset, limit);
  }

  private Collection<List<Run>> candidates(RunFilter filter, Instant now) {
    if (filter.open()) {
      return bySettled.tailMap(now, false).values();
    }
    if (filter.endTime().isBounded()) {
      return filter.endTime().of(byEnd).values();
    }
    if (filter.expected().isBounded()) {
      return filter.expected().of(byExpected).values();
    }
    return List.of(runs);
  }

  private static void matching(
      List<Run> candidates, RunFilter filter, Instant now, List<RunRow> rows) {
    for (Run run : candidates) {
      RunRow.of(run, now).filter(filter.matches()).ifPresent(rows::add);
    }
  }

  private static List<RunRow> slice(List<RunRow> rows, int offset, int limit) {
    int from = Math.min(offset, rows.size());
    return List.copyOf(rows.subList(from, Math.min(from + limit, rows.size())));
  }
}
