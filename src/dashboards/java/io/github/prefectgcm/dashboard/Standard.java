package io.github.prefectgcm.dashboard;

import io.github.prefectgcm.vocabulary.KnownMetric;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A query of the kind that the console's forms make: series of one metric, aligned and reduced.
 *
 * @param where labels and the values that they may have
 * @param by labels that tell the result's series apart
 * @param top only so many series, the highest ones
 * @param overall one value for the whole time that is looked at, not one for each period
 * @param name what the legend says if no label does
 */
record Standard(
    String metricType,
    String resourceType,
    Map<String, List<String>> where,
    String aligner,
    String reducer,
    List<String> by,
    Duration period,
    OptionalInt top,
    boolean overall,
    String name)
    implements PanelQuery {

  /** Twice the period of the job as it is installed; a shorter one shows fractions of runs. */
  static final Duration PERIOD = Duration.ofMinutes(10);

  Standard {
    where = Collections.unmodifiableMap(new TreeMap<>(where));
    by = List.copyOf(by);
  }

  /** What a gauge says now, added up. */
  static Standard latest(String metric) {
    return ours(metric, "ALIGN_NEXT_OLDER", "REDUCE_SUM");
  }

  /** The highest that a gauge says. */
  static Standard highest(String metric) {
    return ours(metric, "ALIGN_MAX", "REDUCE_MAX");
  }

  /** The lowest that a gauge says. */
  static Standard lowest(String metric) {
    return ours(metric, "ALIGN_MIN", "REDUCE_MIN");
  }

  /** What was added to a counter or a distribution. */
  static Standard added(String metric) {
    return ours(metric, "ALIGN_DELTA", "REDUCE_SUM");
  }

  /** A percentile of what was added to a distribution: 05, 50, 95 or 99. */
  static Standard percentile(int percent, String metric) {
    return ours(metric, "ALIGN_DELTA", "REDUCE_PERCENTILE_%02d".formatted(percent))
        .named("p" + percent);
  }

  /** What was added to a counter that Google Cloud itself writes. */
  static Standard addedToGoogles(String metricType) {
    return of(metricType, "ALIGN_DELTA", "REDUCE_SUM");
  }

  private static Standard ours(String metric, String aligner, String reducer) {
    return of(Vocabulary.PREFIX + metric, aligner, reducer);
  }

  private static Standard of(String metricType, String aligner, String reducer) {
    return new Standard(
        metricType,
        Vocabulary.metric(metricType).orElseThrow().resourceType(),
        Map.of(),
        aligner,
        reducer,
        List.of(),
        PERIOD,
        OptionalInt.empty(),
        false,
        "");
  }

  @Override
  public Unit unit() {
    return Unit.of(metricType);
  }

  KnownMetric metric() {
    return Vocabulary.metric(metricType).orElseThrow();
  }

  /** A label as Cloud Monitoring's filters and Grafana name it. */
  String path(String label) {
    return (metric().labels().containsKey(label)
            ? KnownMetric.METRIC_LABEL
            : KnownMetric.RESOURCE_LABEL)
        + label;
  }

  /** Whether its series have the label. */
  boolean has(String label) {
    return metric().has(path(label));
  }

  Standard where(String label, String... values) {
    var more = new TreeMap<>(where);
    more.put(label, List.of(values));
    return new Standard(
        metricType, resourceType, more, aligner, reducer, by, period, top, overall, name);
  }

  Standard by(String... labels) {
    var more = new ArrayList<>(by);
    more.addAll(List.of(labels));
    return new Standard(
        metricType, resourceType, where, aligner, reducer, more, period, top, overall, name);
  }

  Standard top(int series) {
    return new Standard(
        metricType,
        resourceType,
        where,
        aligner,
        reducer,
        by,
        period,
        OptionalInt.of(series),
        overall,
        name);
  }

  Standard each(Duration time) {
    return new Standard(
        metricType, resourceType, where, aligner, reducer, by, time, top, overall, name);
  }

  Standard total() {
    return new Standard(
        metricType, resourceType, where, aligner, reducer, by, period, top, true, name);
  }

  Standard named(String text) {
    return new Standard(
        metricType, resourceType, where, aligner, reducer, by, period, top, overall, text);
  }
}
