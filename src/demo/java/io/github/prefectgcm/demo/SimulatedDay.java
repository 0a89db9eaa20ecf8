package io.github.prefectgcm.demo;

import static io.github.prefectgcm.history.FinalState.CANCELLED;
import static io.github.prefectgcm.history.FinalState.COMPLETED;
import static io.github.prefectgcm.history.FinalState.CRASHED;
import static io.github.prefectgcm.history.FinalState.FAILED;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A small company's workspace through a day in which a few things go wrong. Pure data: the same
 * seed and the same end give the same day. The day before belongs to it too, without mishaps, so
 * that the first execution finds a history.
 *
 * <p>Hours of the story count from the day's start, which reads best if that is midnight.
 */
final class SimulatedDay {
  static final Duration LENGTH = Duration.ofDays(1);
  static final Duration PERIOD = Duration.ofMinutes(5);

  private final Random random;
  private final Instant start;
  private final List<SimulatedPool> pools;
  private final List<SimulatedDeployment> deployments = new ArrayList<>();
  private final List<SimulatedRun> runs = new ArrayList<>();

  SimulatedDay(long seed, Instant end) {
    random = new Random(seed);
    start = end.minus(LENGTH);
    var cluster = pool("cluster", "kubernetes", List.of("cluster-1", "cluster-2", "cluster-3"));
    var office =
        new SimulatedPool(
            "office",
            "process",
            List.of("office-1", "office-2"),
            Optional.of(workersGone()),
            Optional.empty());
    var batch = pool("batch", "kubernetes", List.of("batch-1", "batch-2"));
    var push =
        new SimulatedPool(
            "cloud-run", "cloud-run:push", List.of(), Optional.empty(), Optional.of(poolPaused()));
    pools = List.of(cluster, batch, office, push);

    often("orders-sync", "web", cluster, 5, 0, seconds(24), 0.35, 0.01);
    often("orders-sync", "stores", push, 30, 7, seconds(70), 0.3, 0.02);
    often("payments-reconcile", "every-15-min", cluster, 15, 10, seconds(95), 0.3, 0.01);
    often("clickstream-ingest", "eu", cluster, 10, 2, seconds(140), 0.4, 0.015);
    often("clickstream-ingest", "us", cluster, 10, 6, seconds(170), 0.45, 0.015);
    often("inventory-sync", "warehouse", office, 15, 3, seconds(45), 0.4, 0.02);
    often("price-scraper", "eu", office, 20, 5, minutes(4), 0.5, 0.07);
    often("price-scraper", "us", office, 20, 15, minutes(5), 0.5, 0.07);
    often("feature-store", "hourly", push, 60, 12, minutes(11), 0.25, 0.02);
    often("dbt-models", "hourly", batch, 60, 20, minutes(6), 0.25, 0.03);
    nightly("postgres-backup", "nightly", batch, 30, minutes(34), 0.1);
    nightly("warehouse-build", "nightly", batch, 60, minutes(72), 0.15);
    nightly("invoice-pdf", "nightly", office, 125, minutes(18), 0.2);
    nightly("dbt-models", "nightly", batch, 150, minutes(41), 0.15);
    nightly("churn-model", "nightly", batch, 210, minutes(128), 0.12);
    nightly("report-mailer", "morning", push, 375, minutes(3), 0.2);

    Instant from = start.minus(LENGTH);
    for (SimulatedDeployment deployment : deployments) {
      for (Instant due = from.plus(deployment.at());
          due.isBefore(end);
          due = due.plus(deployment.every())) {
        runs.add(scheduled(deployment, due));
      }
    }
    byHand(from);
    byHand(start);
    runs.sort(Comparator.comparing(SimulatedRun::due).thenComparing(SimulatedRun::id));
    queueUp();
  }

  Instant start() {
    return start;
  }

  Instant end() {
    return start.plus(LENGTH);
  }

  List<SimulatedPool> pools() {
    return pools;
  }

  List<SimulatedDeployment> deployments() {
    return List.copyOf(deployments);
  }

  /** In order of their due time, those of the day before included. */
  List<SimulatedRun> runs() {
    return List.copyOf(runs);
  }

  /** The deployment whose runs fail within {@link #broken()}. */
  boolean breaks(SimulatedDeployment deployment) {
    return deployment.flow().equals("payments-reconcile");
  }

  /** From the provider's change of its interface to the fix. */
  Window broken() {
    return window(14, 5, 21, 0);
  }

  /** The office's workers are gone. */
  Window workersGone() {
    return window(9, 30, 11, 15);
  }

  /** Somebody pauses the push pool and remembers after lunch. */
  Window poolPaused() {
    return window(12, 0, 12, 40);
  }

  /** The job itself is not executed. */
  Window outage() {
    return window(16, 0, 18, 0);
  }

  /** How far back somebody looks who opens a dashboard in the evening: all mishaps are in sight. */
  Window look() {
    return window(8, 25, 20, 25);
  }

  /** The story, for people. */
  List<Facts.Event> events() {
    return List.of(
        new Facts.Event(
            workersGone(), "the workers of pool office vanish; its runs wait, then run"),
        new Facts.Event(poolPaused(), "somebody pauses pool cloud-run over lunch"),
        new Facts.Event(broken(), "payments-reconcile fails, until it is mended"),
        new Facts.Event(outage(), "the job itself is not executed, then catches up"));
  }

  /**
   * When Cloud Scheduler starts the job: a minute and a bit after each period, but in the outage.
   */
  List<Instant> executions() {
    var times = new ArrayList<Instant>();
    Duration lag = Duration.ofSeconds(65);
    for (Instant end = start.plus(PERIOD); !end.isAfter(end()); end = end.plus(PERIOD)) {
      Instant time = end.plus(lag);
      if (!outage().contains(time)) {
        times.add(time);
      }
    }
    return times;
  }

  private void often(
      String flow,
      String name,
      SimulatedPool pool,
      int everyMinutes,
      int atMinute,
      Duration typical,
      double spread,
      double trouble) {
    deployments.add(
        new SimulatedDeployment(
            flow, name, pool, minutes(everyMinutes), minutes(atMinute), typical, spread, trouble));
  }

  private void nightly(
      String flow, String name, SimulatedPool pool, int atMinute, Duration typical, double spread) {
    deployments.add(
        new SimulatedDeployment(flow, name, pool, LENGTH, minutes(atMinute), typical, spread, 0));
  }

  private SimulatedRun scheduled(SimulatedDeployment deployment, Instant due) {
    boolean broken = breaks(deployment) && broken().contains(due);
    double dice = random.nextDouble();
    if (dice < 0.004) {
      return neverStarted(deployment, due, CRASHED);
    }
    if (broken) {
      // The provider's answer is refused at once: these runs are shorter than the good ones.
      return started(deployment, due, FAILED, 1, lasting(seconds(9), 0.2));
    }
    if (dice < 0.004 + deployment.trouble()) {
      Duration part = lasting(deployment.typical().dividedBy(2), deployment.spread());
      return started(deployment, due, FAILED, 2, part.multipliedBy(2));
    }
    Duration whole = lasting(deployment.typical(), deployment.spread());
    if (dice > 0.994) {
      return started(deployment, due, CRASHED, 1, whole.dividedBy(3));
    }
    if (dice > 0.990) {
      return started(deployment, due, CANCELLED, 1, whole.dividedBy(2));
    }
    return started(deployment, due, COMPLETED, dice > 0.97 ? 2 : 1, whole);
  }

  private SimulatedRun neverStarted(SimulatedDeployment deployment, Instant due, FinalState state) {
    Instant pending = pending(deployment, due);
    return new SimulatedRun(
        id(),
        deployment.flow(),
        Optional.of(deployment),
        due,
        pending,
        Optional.empty(),
        pending.plus(lasting(seconds(50), 0.2)),
        state,
        0,
        Duration.ZERO);
  }

  private SimulatedRun started(
      SimulatedDeployment deployment, Instant due, FinalState state, int attempts, Duration time) {
    Instant pending = pending(deployment, due);
    Instant running = pending.plus(lasting(seconds(pods(deployment) ? 14 : 3), 0.4));
    return new SimulatedRun(
        id(),
        deployment.flow(),
        Optional.of(deployment),
        due,
        pending,
        Optional.of(running),
        running.plus(time).plus(SimulatedRun.RETRY_DELAY.multipliedBy(attempts - 1)),
        state,
        attempts,
        time);
  }

  private Instant pending(SimulatedDeployment deployment, Instant due) {
    return deployment.pool().takesWork(due).plus(lasting(seconds(4), 0.5));
  }

  private static boolean pods(SimulatedDeployment deployment) {
    return deployment.pool().type().equals("kubernetes");
  }

  /** People try things in office hours, without a deployment. */
  private void byHand(Instant midnight) {
    List<String> flows = List.of("dbt-models", "feature-store", "invoice-pdf", "customer-export");
    for (int i = 0; i < 9; i++) {
      Instant due = midnight.plus(minutes(8 * 60 + 20 + 57 * i + random.nextInt(40)));
      FinalState state =
          switch (i % 9) {
            case 2 -> CANCELLED;
            case 4, 6 -> FAILED;
            default -> COMPLETED;
          };
      Duration time = lasting(minutes(3), 0.9);
      runs.add(
          new SimulatedRun(
              id(),
              flows.get(i % flows.size()),
              Optional.empty(),
              due,
              due,
              Optional.of(due),
              due.plus(time),
              state,
              1,
              time));
    }
  }

  /** What waited for a pool does not start all at once when the pool is back. */
  private void queueUp() {
    Map<String, Integer> waiting = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      SimulatedRun run = runs.get(i);
      if (run.deployment().isPresent()
          && !run.deployment().get().pool().takesWork(run.due()).equals(run.due())) {
        Duration wait = seconds(20L * waiting.merge(run.pool(), 1, Integer::sum));
        runs.set(
            i,
            new SimulatedRun(
                run.id(),
                run.flow(),
                run.deployment(),
                run.due(),
                run.pending().plus(wait),
                run.running().map(time -> time.plus(wait)),
                run.ended().plus(wait),
                run.state(),
                run.attempts(),
                run.runTime()));
      }
    }
  }

  /** Run times are about log-normal: many near the median, a few much longer. */
  private Duration lasting(Duration median, double spread) {
    double factor = Math.exp(spread * random.nextGaussian());
    return Duration.ofNanos((long) (median.toNanos() * factor)).truncatedTo(ChronoUnit.MICROS);
  }

  private UUID id() {
    return new UUID(
        (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
  }

  private static SimulatedPool pool(String name, String type, List<String> workers) {
    return new SimulatedPool(name, type, workers, Optional.empty(), Optional.empty());
  }

  private Window window(int fromHour, int fromMinute, int toHour, int toMinute) {
    return new Window(
        start.plus(minutes(60 * fromHour + fromMinute)),
        start.plus(minutes(60 * toHour + toMinute)));
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
