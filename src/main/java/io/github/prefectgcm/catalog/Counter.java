package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cumulative metric, number or distribution, that finished runs add to.
 *
 * @param by what tells its series apart
 * @param counts which runs add to it
 * @param amount what such a run adds
 * @param zero what a series holds before its first run
 */
record Counter(
    Metric metric,
    List<Dimension> by,
    Predicate<FinishedRun> counts,
    Function<FinishedRun, Value> amount,
    Value zero)
    implements Entry {
  Counter {
    by = List.copyOf(by);
    if (metric.kind() != Kind.CUMULATIVE || metric.valueType() != zero.type()) {
      throw new IllegalArgumentException(metric.name() + " is no counter of " + zero);
    }
  }

  /** The series that a run belongs to. */
  Series series(FinishedRun run) {
    var labels = new String[by.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = by.get(i).of(run);
    }
    return new Series(metric, List.of(labels));
  }
}
