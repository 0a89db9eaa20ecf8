package io.github.prefectgcm.query;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import com.google.monitoring.dashboard.v1.Aggregation.Reducer;
import io.github.prefectgcm.vocabulary.KnownMetric;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a query right: the metric is written, has the labels, and is aligned and reduced in a
 * way that fits its kind. Cloud Monitoring accepts many that are not, and shows nothing or
 * nonsense.
 */
final class SelectionRules {
  /** Twice the period of the job as it is installed: a shorter one cuts windows in two. */
  static final Duration SHORTEST_PERIOD = Duration.ofMinutes(10);

  private static final Set<Aligner> OF_COUNTERS =
      EnumSet.of(Aligner.ALIGN_DELTA, Aligner.ALIGN_RATE);

  private static final Set<Aligner> OF_GAUGES =
      EnumSet.of(
          Aligner.ALIGN_NEXT_OLDER, Aligner.ALIGN_MEAN, Aligner.ALIGN_MIN, Aligner.ALIGN_MAX);

  private static final Set<Reducer> PERCENTILES =
      EnumSet.of(
          Reducer.REDUCE_PERCENTILE_05,
          Reducer.REDUCE_PERCENTILE_50,
          Reducer.REDUCE_PERCENTILE_95,
          Reducer.REDUCE_PERCENTILE_99);

  private static final Set<Reducer> OF_NUMBERS =
      EnumSet.of(Reducer.REDUCE_SUM, Reducer.REDUCE_MEAN, Reducer.REDUCE_MIN, Reducer.REDUCE_MAX);

  private final Selection selection;
  private final List<String> problems = new ArrayList<>();

  private SelectionRules(Selection selection) {
    this.selection = selection;
  }

  /** What is wrong with a query whose result is shown as numbers. */
  static List<String> problems(Selection selection) {
    return new SelectionRules(selection).check(false);
  }

  /** What is wrong with a query whose result is shown as a heat map. */
  static List<String> problemsInHeatMap(Selection selection) {
    return new SelectionRules(selection).check(true);
  }

  private List<String> check(boolean heatMap) {
    String type = selection.filter().metricType();
    Optional<KnownMetric> metric = Vocabulary.metric(type);
    if (metric.isEmpty()) {
      problems.add(type + " is not written");
      return problems;
    }
    checkLabels(metric.get());
    checkAligner(metric.get());
    checkReducer(metric.get());
    require(
        heatMap == answersWithDistribution(metric.get()),
        heatMap
            ? "is no distribution, which a heat map needs"
            : "is a distribution, and no number");
    require(
        selection.period().compareTo(SHORTEST_PERIOD) >= 0,
        "is aligned to %s, shorter than %s".formatted(selection.period(), SHORTEST_PERIOD));
    return problems;
  }

  private void checkLabels(KnownMetric metric) {
    String resource = selection.filter().resourceType();
    require(resource.equals(metric.resourceType()), "is not written for the resource " + resource);
    for (String key : selection.groupBy()) {
      require(metric.has(key), "has no " + key + " to group by");
    }
    for (Condition condition : selection.filter().labels()) {
      require(metric.has(condition.key()), "has no " + condition.key() + " to filter by");
      for (String value : condition.values()) {
        require(
            metric.canBe(condition.key(), value),
            "has a " + condition.key() + " that is never " + value);
      }
    }
  }

  private void checkAligner(KnownMetric metric) {
    Set<Aligner> fitting = metric.kind() == MetricKind.GAUGE ? OF_GAUGES : OF_COUNTERS;
    require(
        fitting.contains(selection.aligner()),
        "is a %s, which %s does not fit".formatted(metric.kind(), selection.aligner()));
  }

  private void checkReducer(KnownMetric metric) {
    boolean fits =
        metric.valueType() == ValueType.DISTRIBUTION
            ? selection.reducer() == Reducer.REDUCE_SUM || PERCENTILES.contains(selection.reducer())
            : OF_NUMBERS.contains(selection.reducer());
    require(
        fits,
        "is of type %s, which %s does not fit".formatted(metric.valueType(), selection.reducer()));
  }

  private boolean answersWithDistribution(KnownMetric metric) {
    return metric.valueType() == ValueType.DISTRIBUTION
        && !PERCENTILES.contains(selection.reducer());
  }

  private void require(boolean fact, String otherwise) {
    if (!fact) {
      problems.add(selection.filter().metricType() + " " + otherwise);
    }
  }
}
