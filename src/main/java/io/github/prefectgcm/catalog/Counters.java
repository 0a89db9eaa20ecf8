package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What lists of counters are made with. */
final class Counters {
  /** 1 s to 11 days; the same for every distribution of times, so that they can be added up. */
  static final Buckets TIMES = new Buckets(1, 1.5, 34);

  private Counters() {}

  /**
   * An entry of a list.
   *
   * @param zero tells the type, and with it the unit: numbers of occurrences, or else seconds
   */
  static <R extends Occurrence> Counter<R> counter(
      String name,
      String displayName,
      String description,
      List<Dimension<? super R>> by,
      Value zero,
      Predicate<R> counts,
      Function<R, Value> amount) {
    var metric =
        new Metric(
            name,
            Kind.CUMULATIVE,
            zero.type(),
            zero.type() == ValueType.INT64 ? "1" : "s",
            displayName,
            description,
            by.stream().map(Dimension::label).toList());
    return new Counter<>(metric, by, counts, amount, zero);
  }

  /**
   * The nearest double to a time in whole microseconds, so that equal times are equal values. Never
   * negative: Prefect's times come from several clocks, and some go backwards.
   */
  static double seconds(Duration time) {
    return Math.max(0, time.getSeconds() * 1_000_000 + time.getNano() / 1_000) / 1e6;
  }
}
