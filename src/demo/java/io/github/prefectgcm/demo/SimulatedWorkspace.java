package io.github.prefectgcm.demo;

import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.Run;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated day as a workspace that a server can show. All of its runs are there from the start;
 * the server shows what has happened by its clock.
 */
final class SimulatedWorkspace {
  private final SimulatedDay day;
  private final Workspace workspace;
  private final Map<String, Flow> flows = new HashMap<>();
  private final Map<SimulatedPool, Pool> pools = new HashMap<>();
  private final Map<SimulatedDeployment, ServerDeployment> deployments = new HashMap<>();

  SimulatedWorkspace(SimulatedDay day, long seed) {
    this.day = day;
    workspace = new Workspace(seed);
    day.pools().forEach(this::addPool);
    for (SimulatedDeployment deployment : day.deployments()) {
      deployments.put(
          deployment,
          workspace.deployment(
              flow(deployment.flow()), deployment.name(), pool(deployment.pool())));
    }
    day.runs().forEach(this::addRun);
  }

  Workspace workspace() {
    return workspace;
  }

  /** Whether a pool is paused is the one thing that the server does not look up by its clock. */
  void moveTo(Instant now) {
    pools.forEach((simulated, pool) -> pool.paused(simulated.pausedAt(now)));
  }

  private void addPool(SimulatedPool simulated) {
    Pool pool = workspace.workPool(simulated.name(), simulated.type());
    pools.put(simulated, pool);
    Instant from = day.start().minus(SimulatedDay.LENGTH);
    Instant to = day.end().plus(SimulatedDay.LENGTH);
    Optional<Window> gone = simulated.gone();
    for (int i = 0; i < simulated.workers().size(); i++) {
      Instant first = from.plus(Duration.ofSeconds(11L * i));
      String name = simulated.workers().get(i);
      workspace.worker(pool, name, first, gone.map(Window::start).orElse(to));
      if (gone.isPresent()) {
        // A worker that is started anew gets a new name; the record of the dead one stays.
        workspace.worker(pool, name + "-new", gone.get().end().plusSeconds(11L * i), to);
      }
    }
  }

  private void addRun(SimulatedRun simulated) {
    if (simulated.deployment().isEmpty()) {
      go(workspace.adHoc(flow(simulated.flow()), simulated.due()), simulated);
      return;
    }
    ServerDeployment deployment = deployment(simulated.deployment().get());
    go(workspace.scheduled(deployment, simulated.due()).pending(simulated.pending()), simulated);
  }

  private static void go(Run run, SimulatedRun simulated) {
    if (simulated.running().isPresent()) {
      Instant time = simulated.running().get();
      Duration attempt = simulated.runTime().dividedBy(simulated.attempts());
      run.running(time);
      for (int i = 1; i < simulated.attempts(); i++) {
        time = time.plus(attempt);
        Instant next = time.plus(SimulatedRun.RETRY_DELAY);
        run.awaits("AwaitingRetry", time, next).running(next);
        time = next;
      }
    }
    ServerStateType end =
        switch (simulated.state()) {
          case COMPLETED -> ServerStateType.COMPLETED;
          case FAILED -> ServerStateType.FAILED;
          case CRASHED -> ServerStateType.CRASHED;
          case CANCELLED -> ServerStateType.CANCELLED;
        };
    run.enters(end, simulated.ended()).saying(message(simulated));
  }

  /** In the words of Prefect and its workers. */
  private static String message(SimulatedRun simulated) {
    long dice = Math.floorMod(simulated.id().getLeastSignificantBits(), 4L);
    return switch (simulated.state()) {
      case COMPLETED, CANCELLED -> "";
      case FAILED ->
          dice == 0 && simulated.attempts() > 1
              ? "1/4 states failed."
              : "Flow run encountered an exception: ValueError: the answer has no field 'amount'";
      case CRASHED -> {
        if (simulated.running().isEmpty()) {
          yield "Failed to submit flow run to infrastructure: RuntimeError: no node for the pod";
        }
        yield dice < 2
            ? "Flow run infrastructure exited with non-zero status code 137. Process was killed,"
                + " likely due to an out-of-memory (OOM) condition."
            : "Execution was aborted by a termination signal.";
      }
    };
  }

  private Flow flow(String name) {
    return flows.computeIfAbsent(name, workspace::flow);
  }

  private Pool pool(SimulatedPool simulated) {
    return Optional.ofNullable(pools.get(simulated)).orElseThrow();
  }

  private ServerDeployment deployment(SimulatedDeployment simulated) {
    return Optional.ofNullable(deployments.get(simulated)).orElseThrow();
  }
}
