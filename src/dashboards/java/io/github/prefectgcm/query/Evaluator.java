package io.github.prefectgcm.query;

import com.google.monitoring.dashboard.v1.Aggregation.Reducer;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter.Direction;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter.Method;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import io.github.prefectgcm.query.Periods.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Answers the queries of dashboards from stored points, as Cloud Monitoring is documented to: <a
 * href="https://cloud.google.com/monitoring/api/v3/aggregation">aligned, then reduced</a>. What the
 * dashboards do not use is refused.
 */
public final class Evaluator {
  private final Map<StoredSeries, List<StoredPoint>> stored;
  private final Instant from;
  private final Instant to;

  /** Of a store's series, over a time. */
  public Evaluator(Map<StoredSeries, List<StoredPoint>> stored, Instant from, Instant to) {
    this.stored = Map.copyOf(stored);
    this.from = from;
    this.to = to;
  }

  /** All series that a query answers with. */
  public List<Line> answer(TimeSeriesQuery query) {
    return switch (query.getSourceCase()) {
      case TIME_SERIES_FILTER -> {
        List<Line> lines = lines(WidgetRules.selections(query).getFirst(), whole(query));
        var form = query.getTimeSeriesFilter();
        yield form.hasPickTimeSeriesFilter()
            ? highest(lines, form.getPickTimeSeriesFilter())
            : lines;
      }
      case TIME_SERIES_FILTER_RATIO -> {
        List<Selection> parts = WidgetRules.selections(query);
        yield divided(lines(parts.getFirst(), whole(query)), lines(parts.getLast(), whole(query)));
      }
      default -> throw new IllegalArgumentException("not evaluated: " + query.getSourceCase());
    };
  }

  private static boolean whole(TimeSeriesQuery query) {
    return query.getOutputFullDuration();
  }

  private List<Line> lines(Selection selection, boolean whole) {
    Duration length = whole ? Duration.between(from, to) : selection.period();
    List<Period> periods = new Periods(from, to, length).all();
    var groups = new LinkedHashMap<Map<String, String>, List<NavigableMap<Instant, Amount>>>();
    stored.entrySet().stream()
        .filter(entry -> selection.filter().test(entry.getKey()))
        .sorted(Comparator.comparing(entry -> entry.getKey().labels().toString()))
        .forEach(entry ->
            groups
                .computeIfAbsent(labels(selection, entry.getKey()), _ -> new ArrayList<>())
                .add(
                    Alignment.align(
                        selection.aligner(), entry.getKey().kind(), entry.getValue(), periods)));
    var lines = new ArrayList<Line>();
    groups.forEach((labels, series) -> {
      NavigableMap<Instant, Amount> values = reduced(selection.reducer(), series);
      if (!values.isEmpty()) {
        lines.add(new Line(labels, values));
      }
    });
    return lines;
  }

  private static Map<String, String> labels(Selection selection, StoredSeries series) {
    var labels = new TreeMap<String, String>();
    for (String path : selection.groupBy()) {
      labels.put(path, MetricFilter.value(path, series));
    }
    return labels;
  }

  private static NavigableMap<Instant, Amount> reduced(
      Reducer reducer, List<NavigableMap<Instant, Amount>> series) {
    BinaryOperator<Amount> join =
        switch (reducer) {
          case REDUCE_MAX -> (one, other) -> one.number() >= other.number() ? one : other;
          case REDUCE_MIN -> (one, other) -> one.number() <= other.number() ? one : other;
          case REDUCE_SUM, REDUCE_PERCENTILE_50, REDUCE_PERCENTILE_95 -> Amount::plus;
          default -> throw new IllegalArgumentException("not evaluated: " + reducer);
        };
    var values = new TreeMap<Instant, Amount>();
    series.forEach(one -> one.forEach((time, amount) -> values.merge(time, amount, join)));
    return switch (reducer) {
      case REDUCE_PERCENTILE_50 -> percentiles(values, 50);
      case REDUCE_PERCENTILE_95 -> percentiles(values, 95);
      default -> values;
    };
  }

  private static NavigableMap<Instant, Amount> percentiles(
      NavigableMap<Instant, Amount> values, double percent) {
    var percentiles = new TreeMap<Instant, Amount>();
    values.forEach((time, amount) -> {
      var histogram = (Amount.Histogram) amount;
      if (histogram.count() > 0) {
        percentiles.put(time, new Amount.Figure(histogram.percentile(percent)));
      }
    });
    return percentiles;
  }

  private static List<Line> highest(List<Line> lines, PickTimeSeriesFilter pick) {
    if (pick.getRankingMethod() != Method.METHOD_LATEST || pick.getDirection() != Direction.TOP) {
      throw new IllegalArgumentException("not evaluated: " + pick);
    }
    return lines.stream()
        .sorted(Comparator.comparingDouble(Line::latest).reversed())
        .limit(pick.getNumTimeSeries())
        .toList();
  }

  /** Where the denominator is 0, or is not there, there is no ratio. */
  private static List<Line> divided(List<Line> numerators, List<Line> denominators) {
    var byLabels = new HashMap<Map<String, String>, Line>();
    denominators.forEach(line -> byLabels.put(line.labels(), line));
    var ratios = new ArrayList<Line>();
    for (Line line : numerators) {
      var values = new TreeMap<Instant, Amount>();
      line.values()
          .forEach((time, amount) -> {
            double by = number(byLabels, line.labels(), time);
            if (by != 0) {
              values.put(time, new Amount.Figure(amount.number() / by));
            }
          });
      if (!values.isEmpty()) {
        ratios.add(new Line(line.labels(), values));
      }
    }
    return ratios;
  }

  private static double number(
      Map<Map<String, String>, Line> lines, Map<String, String> labels, Instant time) {
    return Optional.ofNullable(lines.get(labels))
        .flatMap(line -> Optional.ofNullable(line.values().get(time)))
        .map(Amount::number)
        .orElse(0.0);
  }
}
