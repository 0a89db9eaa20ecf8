package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Dimension.DEPLOYMENT_NAME;
import static io.github.prefectgcm.catalog.Dimension.FLOW_NAME;
import static io.github.prefectgcm.catalog.Dimension.OWNER;

import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Gauges of each deployment, folded from its finished runs. */
final class DeploymentMetrics {
  private static final List<Label> LABELS =
      List.of(FLOW_NAME.label(), DEPLOYMENT_NAME.label(), OWNER.label());

  static final FoldedGauge STREAK =
      new FoldedGauge(
          new Metric(
              "deployment/consecutive_failures",
              Kind.GAUGE,
              ValueType.INT64,
              "1",
              "Consecutive failures",
              "Runs of the deployment that failed or crashed since its last completed one; 0 if"
                  + " the last one completed. Cancelled runs do not count.",
              LABELS),
          point -> new Outcomes(Optional.empty(), ((Int64Value) point.value()).value()),
          (outcomes, end) -> Optional.of(new Int64Value(outcomes.failures())));

  static final FoldedGauge SINCE_SUCCESS =
      new FoldedGauge(
          new Metric(
              "deployment/time_since_last_success",
              Kind.GAUGE,
              ValueType.DOUBLE,
              "s",
              "Time since last success",
              "Time since the last completed run of the deployment ended. Not written for a"
                  + " deployment that never completed a run.",
              LABELS),
          point -> new Outcomes(Optional.of(lastSuccess(point)), 0),
          (outcomes, end) ->
              outcomes
                  .lastSuccess()
                  .map(last -> new DoubleValue(Counters.seconds(Duration.between(last, end)))));

  static final List<FoldedGauge> FOLDED_GAUGES = List.of(STREAK, SINCE_SUCCESS);

  private DeploymentMetrics() {}

  /** Prefect's times are whole microseconds, so the instant comes back exactly. */
  private static Instant lastSuccess(Point point) {
    double age = ((DoubleValue) point.value()).value();
    return point.end().minus(Math.round(age * 1e6), ChronoUnit.MICROS);
  }
}
