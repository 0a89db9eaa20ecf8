package io.github.prefectgcm.demo;

import com.google.monitoring.dashboard.v1.Aggregation;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import com.google.monitoring.dashboard.v1.Widget;
import com.google.monitoring.dashboard.v1.XyChart.DataSet;
import com.google.monitoring.dashboard.v1.XyChart.DataSet.PlotType;
import io.github.prefectgcm.query.Amount;
import io.github.prefectgcm.query.CloudDashboard;
import io.github.prefectgcm.query.Evaluator;
import io.github.prefectgcm.query.Line;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the queries of a dashboard's widget answer with. */
record Answer(Widget widget, List<Answered> queries) {
  private static final Pattern TYPE = Pattern.compile("metric\\.type = \"([^\"]+)\"");

  /** A line of a panel, under the name that a legend gives it. */
  record Named(String name, Line line) {}

  /** One query. */
  record Answered(TimeSeriesQuery query, String legend, List<Line> lines) {
    Answered {
      lines = List.copyOf(lines);
    }

    private static Answered of(TimeSeriesQuery query, String legend, Evaluator evaluator) {
      return new Answered(
          query, legend, query.hasPrometheusQuery() ? List.of() : evaluator.answer(query));
    }

    private Aggregation aggregation() {
      return query.hasTimeSeriesFilterRatio()
          ? query.getTimeSeriesFilterRatio().getNumerator().getAggregation()
          : query.getTimeSeriesFilter().getAggregation();
    }

    private Optional<String> metricType() {
      var type = TYPE.matcher(query.getTimeSeriesFilter().getFilter());
      return type.find() ? Optional.of(type.group(1)) : Optional.empty();
    }
  }

  Answer {
    queries = List.copyOf(queries);
  }

  static Answer of(Widget widget, Evaluator evaluator) {
    return new Answer(
        widget,
        widget.hasXyChart()
            ? widget.getXyChart().getDataSetsList().stream()
                .map(set ->
                    Answered.of(set.getTimeSeriesQuery(), set.getLegendTemplate(), evaluator))
                .toList()
            : CloudDashboard.queries(widget).stream()
                .map(query -> Answered.of(query, "", evaluator))
                .toList());
  }

  String title() {
    return widget.getTitle();
  }

  /** All lines, those that others must not hide behind first. */
  List<Named> lines() {
    return queries.stream()
        .flatMap(answered ->
            answered.lines().stream().map(line -> new Named(name(answered, line), line)))
        .sorted((one, other) -> Integer.compare(Tones.rank(one.name()), Tones.rank(other.name())))
        .toList();
  }

  private String name(Answered answered, Line line) {
    return answered.legend().isEmpty()
        ? title()
        : LabelWords.filled(answered.legend(), line.labels());
  }

  boolean stacked() {
    return plots(PlotType.STACKED_AREA) || plots(PlotType.STACKED_BAR);
  }

  boolean plots(PlotType type) {
    return widget.getXyChart().getDataSetsList().stream()
        .map(DataSet::getPlotType)
        .anyMatch(type::equals);
  }

  /** The times of all lines: those of a stack have to have the same ones, to lie on each other. */
  NavigableSet<Instant> times() {
    var times = new TreeSet<Instant>();
    lines().forEach(named -> times.addAll(named.line().values().keySet()));
    return times;
  }

  /** What each value is about: the time of this length that ends at its time. */
  Duration period() {
    return Duration.ofSeconds(queries.getFirst().aggregation().getAlignmentPeriod().getSeconds());
  }

  /** What the numbers are. */
  String unit() {
    Answered first = queries.getFirst();
    return first.query().getUnitOverride().isEmpty()
        ? first.metricType().flatMap(Vocabulary::metric).orElseThrow().unit()
        : first.query().getUnitOverride();
  }

  /** Why there is nothing to draw; absent if there is something. */
  Optional<LeftOut> leftOut() {
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    if (queries.stream().anyMatch(answered -> answered.query().hasPrometheusQuery())) {
      return Optional.of(LeftOut.PROMQL);
    }
    if (lines().stream().allMatch(named -> named.line().values().isEmpty())) {
      return Optional.of(
          types().allMatch(type -> type.startsWith(Vocabulary.PREFIX))
              ? LeftOut.NOTHING
              : LeftOut.GOOGLES);
    }
    if ((stacked() || plots(PlotType.HEATMAP)) && zero()) {
      return Optional.of(LeftOut.ZERO);
    }
    boolean once = lines().stream().allMatch(named -> named.line().values().size() == 1);
    return widget.hasXyChart() && once && levels() ? Optional.of(LeftOut.ONCE) : Optional.empty();
  }

  private boolean zero() {
    return lines().stream()
        .flatMap(named -> named.line().values().values().stream())
        .allMatch(amount ->
            switch (amount) {
              case Amount.Figure figure -> figure.value() == 0;
              case Amount.Histogram histogram -> histogram.count() == 0;
            });
  }

  private Stream<String> types() {
    return queries.stream().map(Answered::metricType).flatMap(Optional::stream);
  }

  private boolean levels() {
    return queries.stream()
        .noneMatch(one -> one.aggregation().getPerSeriesAligner() == Aligner.ALIGN_DELTA);
  }
}
