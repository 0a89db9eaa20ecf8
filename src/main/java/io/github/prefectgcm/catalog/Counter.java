package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cumulative metric, number or distribution, that what happens adds to.
 *
 * @param by what tells its series apart
 * @param counts which occurrences add to it
 * @param amount what such a one adds
 * @param zero what a series holds before its first one
 * @param <R> what is counted
 */
record Counter<R extends Occurrence>(
    Metric metric,
    List<Dimension<? super R>> by,
    Predicate<R> counts,
    Function<R, Value> amount,
    Value zero,
    boolean standard)
    implements Entry {
  Counter {
    by = List.copyOf(by);
    if (metric.kind() != Kind.CUMULATIVE || metric.valueType() != zero.type()) {
      throw new IllegalArgumentException(metric.name() + " is no counter of " + zero);
    }
  }

  /** One of the standard set. */
  Counter(
      Metric metric,
      List<Dimension<? super R>> by,
      Predicate<R> counts,
      Function<R, Value> amount,
      Value zero) {
    this(metric, by, counts, amount, zero, true);
  }

  /** The same one, which is written only if it is asked for. */
  Counter<R> onDemand() {
    return new Counter<>(metric, by, counts, amount, zero, false);
  }

  /** The same one with some labels left empty. */
  Counter<R> with(LabelSelection labels) {
    var filled = new ArrayList<Dimension<? super R>>();
    for (Dimension<? super R> dimension : by) {
      boolean fills = labels.fills(metric, dimension.label().key());
      filled.add(fills ? dimension : new Dimension.Blank(dimension.label()));
    }
    return new Counter<>(metric, filled, counts, amount, zero, standard);
  }

  /** The series that an occurrence belongs to. */
  Series series(R row) {
    var labels = new String[by.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = by.get(i).of(row);
    }
    return new Series(metric, List.of(labels));
  }

  /** The series that what happens at an origin may belong to. */
  List<Series> series(Origin origin) {
    List<List<String>> rows = List.of(List.of());
    for (Dimension<? super R> dimension : by) {
      var longer = new ArrayList<List<String>>();
      for (List<String> row : rows) {
        for (String value : dimension.values(origin)) {
          var with = new ArrayList<>(row);
          with.add(value);
          longer.add(with);
        }
      }
      rows = longer;
    }
    return rows.stream().map(labels -> new Series(metric, labels)).toList();
  }

  /** Whether its series tell deployments apart, by name or by owner. */
  boolean tellsDeploymentsApart() {
    return by.contains(Dimension.FLOW_NAME)
        || by.contains(Dimension.DEPLOYMENT_NAME)
        || by.contains(Dimension.OWNER);
  }
}
