package io.github.prefectgcm.query;

import com.google.monitoring.dashboard.v1.Threshold;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import com.google.monitoring.dashboard.v1.Widget;
import com.google.monitoring.dashboard.v1.XyChart;
import com.google.monitoring.dashboard.v1.XyChart.DataSet;
import com.google.monitoring.dashboard.v1.XyChart.DataSet.PlotType;
import com.google.protobuf.Duration;
import io.github.prefectgcm.promql.PromqlCheck;
import io.github.prefectgcm.vocabulary.KnownMetric;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a widget of Cloud Monitoring must be like. */
final class WidgetRules {
  private static final Pattern LABEL =
      Pattern.compile("\\$\\{(metric|resource)\\.labels\\.(\\w+)}");

  private final List<String> problems = new ArrayList<>();

  private WidgetRules() {}

  static List<String> problems(Widget widget) {
    var rules = new WidgetRules();
    try {
      rules.check(widget);
    } catch (IllegalArgumentException e) {
      rules.problems.add(e.getMessage());
    }
    return rules.problems;
  }

  /** The metrics that a widget's forms ask for; those of PromQL are not among them. */
  static List<KnownMetric> metrics(Widget widget) {
    return CloudDashboard.queries(widget).stream()
        .flatMap(query -> selections(query).stream())
        .map(selection -> Vocabulary.metric(selection.filter().metricType()))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The forms of a query: one, or two of a ratio.
   *
   * @throws IllegalArgumentException if a filter cannot be read, or it is aggregated a second time,
   *     for which there are no rules here
   */
  static List<Selection> selections(TimeSeriesQuery query) {
    if (query.getTimeSeriesFilter().hasSecondaryAggregation()
        || query.getTimeSeriesFilterRatio().hasSecondaryAggregation()) {
      throw new IllegalArgumentException("has a secondaryAggregation");
    }
    return switch (query.getSourceCase()) {
      case TIME_SERIES_FILTER -> {
        var form = query.getTimeSeriesFilter();
        yield List.of(Selection.of(form.getFilter(), form.getAggregation()));
      }
      case TIME_SERIES_FILTER_RATIO -> {
        var ratio = query.getTimeSeriesFilterRatio();
        yield List.of(
            Selection.of(ratio.getNumerator().getFilter(), ratio.getNumerator().getAggregation()),
            Selection.of(
                ratio.getDenominator().getFilter(), ratio.getDenominator().getAggregation()));
      }
      default -> List.of();
    };
  }

  private void check(Widget widget) {
    switch (widget.getContentCase()) {
      case TEXT -> require(!widget.getText().getContent().isBlank(), "says nothing");
      case SECTION_HEADER -> titled(widget);
      case SCORECARD -> {
        titled(widget);
        query(widget.getScorecard().getTimeSeriesQuery(), false);
        one(widget.getScorecard().getTimeSeriesQuery());
        require(
            !widget.getScorecard().hasSparkChartView()
                || atLeast(widget.getScorecard().getSparkChartView().getMinAlignmentPeriod()),
            "has a short minAlignmentPeriod");
        widget.getScorecard().getThresholdsList().forEach(this::colored);
      }
      case XY_CHART -> {
        titled(widget);
        chart(widget.getXyChart());
      }
      case TIME_SERIES_TABLE -> {
        titled(widget);
        require(widget.getTimeSeriesTable().getDataSetsCount() > 0, "shows nothing");
        require(
            widget.getTimeSeriesTable().getDataSetsList().stream()
                .allMatch(dataSet -> atLeast(dataSet.getMinAlignmentPeriod())),
            "has a short minAlignmentPeriod");
        CloudDashboard.queries(widget).forEach(query -> query(query, false));
      }
      default -> problems.add("is a " + widget.getContentCase());
    }
  }

  private void chart(XyChart chart) {
    require(chart.getDataSetsCount() > 0, "shows nothing");
    for (DataSet dataSet : chart.getDataSetsList()) {
      require(dataSet.getPlotType() != PlotType.PLOT_TYPE_UNSPECIFIED, "has no plotType");
      require(atLeast(dataSet.getMinAlignmentPeriod()), "has a short minAlignmentPeriod");
      query(dataSet.getTimeSeriesQuery(), dataSet.getPlotType() == PlotType.HEATMAP);
      legend(dataSet);
    }
    for (Threshold threshold : chart.getThresholdsList()) {
      require(
          threshold.getColorValue() == 0 && threshold.getDirectionValue() == 0,
          "has a threshold with a colour, which is for scorecards");
    }
  }

  private void legend(DataSet dataSet) {
    for (MatchResult label : LABEL.matcher(dataSet.getLegendTemplate()).results().toList()) {
      String path = label.group(1) + ".label." + label.group(2);
      require(
          selections(dataSet.getTimeSeriesQuery()).stream()
              .allMatch(selection -> selection.groupBy().contains(path)),
          "has a legend of " + path + ", by which it does not group");
    }
  }

  private void query(TimeSeriesQuery query, boolean heatMap) {
    switch (query.getSourceCase()) {
      case PROMETHEUS_QUERY -> problems.addAll(PromqlCheck.problems(query.getPrometheusQuery()));
      case TIME_SERIES_FILTER, TIME_SERIES_FILTER_RATIO -> forms(query, heatMap);
      default -> problems.add("asks by " + query.getSourceCase());
    }
  }

  private void forms(TimeSeriesQuery query, boolean heatMap) {
    List<Selection> selections = selections(query);
    for (Selection selection : selections) {
      problems.addAll(
          heatMap
              ? SelectionRules.problemsInHeatMap(selection)
              : SelectionRules.problems(selection));
    }
    require(
        selections.stream().map(Selection::groupBy).distinct().count() == 1
            && selections.stream().map(Selection::period).distinct().count() == 1,
        "divides what does not fit together");
  }

  private void one(TimeSeriesQuery query) {
    if (query.hasTimeSeriesFilter() || query.hasTimeSeriesFilterRatio()) {
      require(
          selections(query).stream().allMatch(selection -> selection.groupBy().isEmpty()),
          "is one number, but the query answers with several series");
    }
  }

  private void colored(Threshold threshold) {
    require(
        threshold.getColorValue() != 0
            && threshold.getDirectionValue() != 0
            && threshold.getTargetAxisValue() == 0,
        "has a threshold without colour or direction");
  }

  private void titled(Widget widget) {
    require(!widget.getTitle().isBlank(), "has no title");
  }

  private static boolean atLeast(Duration time) {
    return time.getSeconds() >= SelectionRules.SHORTEST_PERIOD.toSeconds();
  }

  private void require(boolean fact, String otherwise) {
    if (!fact) {
      problems.add(otherwise);
    }
  }
}
