package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A gauge for each deployment that follows from its last point and the runs since.
 *
 * @param recall what a point says of the runs up to its end
 * @param show the value at an instant, if there is one; the inverse of {@code recall}
 */
record FoldedGauge(
    Metric metric,
    Function<Point, Outcomes> recall,
    BiFunction<Outcomes, Instant, Optional<Value>> show)
    implements Entry {

  /** The series of a deployment. */
  Series series(Origin origin) {
    return new Series(
        metric,
        List.of(
            LabelValue.clean(origin.flowName()),
            LabelValue.clean(origin.deploymentName()),
            LabelValue.clean(origin.owner())));
  }
}
