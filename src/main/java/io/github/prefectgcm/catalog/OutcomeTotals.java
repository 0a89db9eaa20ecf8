package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Outcomes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the finished runs of one window amount to for each deployment, for each folded gauge from
 * where it was left.
 */
public final class OutcomeTotals implements Consumer<FinishedRun> {
  private final DeploymentFold fold;
  private final Map<FoldedGauge, Map<DeploymentKey, Outcomes>> outcomes = new HashMap<>();

  OutcomeTotals(DeploymentFold fold) {
    this.fold = fold;
  }

  /** Takes runs as they come, the last to end first. */
  @Override
  public void accept(FinishedRun run) {
    if (!run.origin().hasDeployment()) {
      return;
    }
    var deployment = DeploymentKey.of(run.origin());
    for (FoldedGauge gauge : fold.gauges()) {
      Optional<Instant> known = fold.readUntil(gauge, deployment);
      if (known.isEmpty() || run.endTime().isAfter(known.get())) {
        outcomes
            .computeIfAbsent(gauge, each -> new HashMap<>())
            .merge(
                deployment, Outcomes.NONE.withEarlier(run), (later, one) -> later.withEarlier(run));
      }
    }
  }

  Outcomes of(FoldedGauge gauge, DeploymentKey deployment) {
    return outcomes.getOrDefault(gauge, Map.of()).getOrDefault(deployment, Outcomes.NONE);
  }
}
