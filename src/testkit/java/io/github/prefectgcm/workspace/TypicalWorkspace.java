package io.github.prefectgcm.workspace;

import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** 50 flows with 80 deployments on 5 work pools, and 40 runs that end each minute. */
public final class TypicalWorkspace {
  private static final int FLOWS = 50;
  private static final int DEPLOYED_TWICE = 30;
  private static final int POOLS = 5;
  private static final int WORKERS = 4;
  private static final int RUNS_A_MINUTE = 40;

  private TypicalWorkspace() {}

  /** With runs that end between two instants. */
  public static Workspace between(Instant from, Instant to) {
    var workspace = new Workspace(1);
    List<ServerDeployment> deployments = deployments(workspace, pools(workspace, from, to));
    var random = new Random(1);
    long micros = ChronoUnit.MICROS.between(from, to);
    long runs = RUNS_A_MINUTE * Duration.between(from, to).toMinutes();
    for (int i = 0; i < runs; i++) {
      workspace.finished(
          deployments.get(random.nextInt(deployments.size())),
          random.nextInt(10) > 0 ? ServerStateType.COMPLETED : ServerStateType.FAILED,
          from.plus(random.nextLong(micros), ChronoUnit.MICROS),
          Duration.ofMillis(1_000 + random.nextInt(600_000)));
    }
    workspace.parameters(200, 1_000);
    return workspace;
  }

  private static List<Pool> pools(Workspace workspace, Instant from, Instant to) {
    var pools = new ArrayList<Pool>();
    for (int i = 0; i < POOLS; i++) {
      Pool pool = workspace.workPool("pool-" + i, "kubernetes");
      pools.add(pool);
      for (int k = 0; k < WORKERS; k++) {
        workspace.worker(pool, "worker-" + i + "-" + k, from, to);
      }
    }
    return pools;
  }

  private static List<ServerDeployment> deployments(Workspace workspace, List<Pool> pools) {
    var deployments = new ArrayList<ServerDeployment>();
    for (int i = 0; i < FLOWS; i++) {
      Flow flow = workspace.flow("flow-" + i);
      deployments.add(workspace.deployment(flow, "hourly", pools.get(i % POOLS)));
      if (i < DEPLOYED_TWICE) {
        deployments.add(workspace.deployment(flow, "daily", pools.get(i % POOLS)));
      }
    }
    return deployments;
  }
}
