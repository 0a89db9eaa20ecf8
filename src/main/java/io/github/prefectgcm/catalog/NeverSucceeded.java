package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The deployments of which the ledger tells that they never completed a run: it shows their streak,
 * which is written only once their past is known, and no last success, which is written before it.
 * So nobody has to look through all of Prefect's history for them in every execution.
 *
 * <p>A last success can also be missing because its first point cannot be read yet, or because its
 * metric is refused. The counter of finished runs tells these cases: it has counted a success then.
 */
final class NeverSucceeded {
  private final Map<DeploymentKey, Long> completed = new HashMap<>();
  private final Set<DeploymentKey> withStreak = new HashSet<>();
  private final Set<DeploymentKey> withSuccess = new HashSet<>();
  private final boolean conclusive;

  NeverSucceeded(Map<Series, Point> ledger) {
    ledger.forEach((series, point) -> {
      if (series.metric().equals(FlowRunMetrics.FINISHED.metric())) {
        if (isCompleted(series)) {
          completed.merge(
              DeploymentKey.of(series), ((Int64Value) point.value()).value(), Long::sum);
        }
      } else if (series.metric().equals(DeploymentMetrics.STREAK.metric())) {
        withStreak.add(DeploymentKey.of(series));
      } else if (series.metric().equals(DeploymentMetrics.SINCE_SUCCESS.metric())) {
        withSuccess.add(DeploymentKey.of(series));
      }
    });
    conclusive = !withSuccess.isEmpty() || completed.values().stream().allMatch(runs -> runs == 0);
  }

  /**
   * Whether a deployment is one of them.
   *
   * @param counted whether the ledger has to show its completed runs, be it none
   */
  boolean contains(Origin origin, boolean counted) {
    var deployment = DeploymentKey.of(origin);
    return conclusive
        && withStreak.contains(deployment)
        && !withSuccess.contains(deployment)
        && completed.getOrDefault(deployment, counted ? 1L : 0L) == 0;
  }

  static boolean isCompleted(Series series) {
    return series
        .label(Dimension.STATE.label().key())
        .filter(FinalState.COMPLETED.label()::equals)
        .isPresent();
  }
}
