package io.github.prefectgcm.query;

import com.google.monitoring.dashboard.v1.Aggregation;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import com.google.monitoring.dashboard.v1.Aggregation.Reducer;
import java.time.Duration;
import java.util.List;

/** A query of one metric: which series, aligned and reduced how. */
record Selection(
    MetricFilter filter, Aligner aligner, Reducer reducer, List<String> groupBy, Duration period) {
  Selection {
    groupBy = List.copyOf(groupBy);
  }

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException if the filter cannot be read
   */
  static Selection of(String filter, Aggregation aggregation) {
    return new Selection(
        MetricFilter.parse(filter),
        aggregation.getPerSeriesAligner(),
        aggregation.getCrossSeriesReducer(),
        aggregation.getGroupByFieldsList(),
        Duration.ofSeconds(aggregation.getAlignmentPeriod().getSeconds()));
  }
}
