package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final Map<List<String>, Long> completed = new HashMap<>();
  private final Set<List<String>> withStreak = new HashSet<>();
  private final Set<List<String>> withSuccess = new HashSet<>();
  private final boolean conclusive;

  NeverSucceeded(Map<Series, Point> ledger) {
    ledger.forEach((series, point) -> {
      if (series.metric().equals(FlowRunMetrics.FINISHED.metric())) {
        if (isCompleted(series)) {
          completed.merge(deployment(series), ((Int64Value) point.value()).value(), Long::sum);
        }
      } else if (series.metric().equals(DeploymentMetrics.STREAK.metric())) {
        withStreak.add(deployment(series));
      } else if (series.metric().equals(DeploymentMetrics.SINCE_SUCCESS.metric())) {
        withSuccess.add(deployment(series));
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
    var deployment =
        List.of(LabelValue.clean(origin.flowName()), LabelValue.clean(origin.deploymentName()));
    return conclusive
        && withStreak.contains(deployment)
        && !withSuccess.contains(deployment)
        && completed.getOrDefault(deployment, counted ? 1L : 0L) == 0;
  }

  private static boolean isCompleted(Series series) {
    return series
        .label(Dimension.STATE.label().key())
        .filter(FinalState.COMPLETED.label()::equals)
        .isPresent();
  }

  private static List<String> deployment(Series series) {
    return List.of(
        series.label(Dimension.FLOW_NAME.label().key()).orElse(""),
        series.label(Dimension.DEPLOYMENT_NAME.label().key()).orElse(""));
  }
}
