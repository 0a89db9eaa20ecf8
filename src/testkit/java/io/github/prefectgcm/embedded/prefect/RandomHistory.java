package io.github.prefectgcm.embedded.prefect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up a workspace with a past, the same one for the same seed. */
final class RandomHistory {
  private static final List<String> FLOWS =
      List.of("etl", "billing", "ingest-orders", "train-model", "reports", "cleanup");
  private static final List<String> DEPLOYMENTS = List.of("hourly", "nightly", "on-demand");

  private final Random random;
  private final Workspace workspace;
  private final List<ServerDeployment> deployments = new ArrayList<>();
  private final List<Flow> flows = new ArrayList<>();
  private final Instant from;
  private final Instant to;
  private Instant lastEnd;

  private RandomHistory(long seed, Instant from, Instant to) {
    random = new Random(seed);
    workspace = new Workspace(seed);
    this.from = from;
    this.to = to;
    lastEnd = to;
  }

  static Workspace create(long seed, int runs, Instant from, Instant to) {
    var history = new RandomHistory(seed, from, to);
    history.furnish();
    for (int i = 0; i < runs; i++) {
      history.finishOne();
    }
    history.leaveSomeOpen();
    return history.workspace;
  }

  private void furnish() {
    List<Pool> pools =
        List.of(
            workspace.workPool("kubernetes-prod", "kubernetes"),
            workspace.workPool("vm", "process"),
            workspace.workPool("cloud-run", "cloud-run-v2:push"));
    pools.get(0).limit(50).defaultQueue().limit(40).polled(to.minusSeconds(9));
    workspace.workQueue(pools.get(1), "held").paused(true);
    workspace.concurrencyLimit("database", 5).used(2);
    workspace.concurrencyLimit("tag:heavy", 3).inactive();
    workspace.worker(pools.get(0), "worker-a", from, to.plus(1, ChronoUnit.DAYS));
    workspace.worker(pools.get(0), "worker-b", from, to.plus(1, ChronoUnit.DAYS));
    workspace.worker(pools.get(1), "vm-1", from, to.minus(1, ChronoUnit.HOURS));
    for (String name : FLOWS) {
      Flow flow = workspace.flow(name);
      flows.add(flow);
      for (String deployment : DEPLOYMENTS) {
        deployments.add(workspace.deployment(flow, deployment, any(pools)));
      }
    }
    deployments.getFirst().limit(7);
  }

  private void finishOne() {
    Instant end = end();
    lastEnd = end;
    // Most runs take seconds to minutes, a few take hours.
    Duration runTime =
        Duration.of((long) (Math.exp(3 + 1.5 * random.nextGaussian()) * 1e6), ChronoUnit.MICROS);
    int kind = random.nextInt(100);
    if (kind < 84) {
      workspace.finished(any(deployments), outcome(), end, runTime);
    } else if (kind < 85) {
      workspace.overLimit(any(deployments), end);
    } else if (kind < 86) {
      workspace.withdrawn(any(deployments), ServerStateType.CANCELLED, end);
    } else if (kind < 88) {
      workspace.neverStarted(
          any(deployments),
          random.nextBoolean() ? ServerStateType.CANCELLED : ServerStateType.CRASHED,
          end);
    } else if (kind < 92) {
      workspace.finished(any(flows), outcome(), end, runTime);
    } else if (kind < 96) {
      Instant start = end.minus(runTime);
      workspace.subflow(any(flows), start).running(start).enters(outcome(), end);
    } else {
      retried(end, runTime);
    }
  }

  /** Uniform, but now and then in the same microsecond as the run before. */
  private Instant end() {
    long span = ChronoUnit.MICROS.between(from, to);
    return random.nextInt(50) == 0
        ? lastEnd
        : from.plus(1 + (long) (random.nextDouble() * (span - 1)), ChronoUnit.MICROS);
  }

  private ServerStateType outcome() {
    int percent = random.nextInt(100);
    if (percent < 90) {
      return ServerStateType.COMPLETED;
    }
    if (percent < 96) {
      return ServerStateType.FAILED;
    }
    return percent < 98 ? ServerStateType.CRASHED : ServerStateType.CANCELLED;
  }

  private void retried(Instant end, Duration runTime) {
    Instant second = end.minus(runTime);
    Instant failed = second.minusSeconds(30);
    Instant first = failed.minus(runTime);
    workspace
        .scheduled(any(deployments), first.minusSeconds(2))
        .pending(first.minusSeconds(1))
        .running(first)
        .awaits("AwaitingRetry", failed, second)
        .running(second)
        .enters(outcome(), end);
  }

  private void leaveSomeOpen() {
    for (ServerDeployment deployment : deployments) {
      int minutes = 1 + random.nextInt(60);
      Instant due = to.minusSeconds(60L * minutes);
      workspace.scheduled(deployment, to.plusSeconds(60L * minutes));
      switch (random.nextInt(5)) {
        case 0 -> workspace.scheduled(deployment, due);
        case 1 -> workspace.scheduled(deployment, due).pending(due.plusSeconds(5));
        case 2 ->
            workspace
                .scheduled(deployment, due)
                .running(due.plusSeconds(5))
                .awaits("AwaitingRetry", due.plusSeconds(20), due.plusSeconds(30));
        default ->
            workspace
                .scheduled(deployment, due)
                .pending(due.plusSeconds(5))
                .running(due.plusSeconds(9));
      }
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
