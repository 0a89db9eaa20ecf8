package io.github.prefectgcm.cli;

import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The last point of each series of a metric; that of a counter holds all windows before. What all
 * series have in common is said once, above them; those that are 0, and those of which there are
 * many, are only counted.
 */
record NewestPoints(Metric metric, Map<Series, Point> points) {
  /** More series of one metric than this are counted, not shown. */
  private static final int SHOWN = 20;

  private static final String INDENT = "  ";

  static NewestPoints of(Metric metric, List<Sample> samples) {
    var newest = new LinkedHashMap<Series, Point>();
    samples.forEach(sample -> newest.put(sample.series(), sample.point()));
    return new NewestPoints(metric, newest);
  }

  /** A counter's sum over all series at the end; gauges have none that means anything. */
  String total() {
    return switch (metric.kind()) {
      case GAUGE -> "";
      case CUMULATIVE ->
          points.values().stream()
              .map(Point::value)
              .reduce(Value::plus)
              .map(this::value)
              .orElse("");
    };
  }

  /**
   * @param width columns that a line may take
   */
  void print(PrintStream out, int width) {
    List<Map.Entry<Series, Point>> counted =
        points.entrySet().stream().filter(each -> !each.getValue().value().isZero()).toList();
    boolean table = points.size() > 1 && !counted.isEmpty();
    List<String> parts = common();
    if (!table) {
      parts.add(parts.removeLast() + ": " + onlyValue());
    }
    Columns.list(parts, INDENT, width).forEach(out::println);
    if (table) {
      table(counted).print(out, INDENT, width);
      rest(counted.size() - SHOWN, "", out);
      rest(points.size() - counted.size(), ": 0", out);
    }
  }

  private static void rest(int series, String value, PrintStream out) {
    if (series > 0) {
      out.println(INDENT + "… and " + series + " other series" + value);
    }
  }

  /** What can be said of all series at once. */
  private List<String> common() {
    var parts = new ArrayList<>(List.of(metric.name()));
    Map.Entry<Series, Point> any = points.entrySet().iterator().next();
    if (isOneInterval()) {
      parts.add(interval(any.getValue()));
    }
    IntStream.range(0, metric.labels().size())
        .filter(i -> isCommon(i) && !any.getKey().labels().get(i).isEmpty())
        .mapToObj(i ->
            metric.labels().get(i).key()
                + "=\""
                + LabelValue.clean(any.getKey().labels().get(i))
                + '"')
        .forEach(parts::add);
    return parts;
  }

  private String onlyValue() {
    Point any = points.values().iterator().next();
    return points.size() == 1 ? value(any.value()) : "0 in all " + points.size() + " series";
  }

  private Table table(List<Map.Entry<Series, Point>> counted) {
    int[] own =
        IntStream.range(0, metric.labels().size()).filter(label -> !isCommon(label)).toArray();
    var heads = new ArrayList<String>();
    for (int label : own) {
      heads.add(metric.labels().get(label).key().toUpperCase(Locale.ROOT));
    }
    heads.add("VALUE");
    if (!isOneInterval()) {
      heads.add("INTERVAL");
    }
    var table = new Table(heads);
    for (Map.Entry<Series, Point> each : counted.subList(0, Math.min(SHOWN, counted.size()))) {
      var cells = new ArrayList<String>();
      for (int label : own) {
        String text = LabelValue.clean(each.getKey().labels().get(label));
        cells.add(text.isEmpty() ? "\"\"" : text);
      }
      cells.add(value(each.getValue().value()));
      if (!isOneInterval()) {
        cells.add(interval(each.getValue()));
      }
      table.row(cells);
    }
    return table;
  }

  private boolean isCommon(int label) {
    return points.keySet().stream().map(series -> series.labels().get(label)).distinct().count()
        == 1;
  }

  private boolean isOneInterval() {
    return points.values().stream().map(NewestPoints::interval).distinct().count() == 1;
  }

  private String value(Value value) {
    boolean timed = metric.unit().equals("s") && !value.isZero();
    return Formats.of(value) + (timed ? " s" : "");
  }

  private static String interval(Point point) {
    return point.start().equals(point.end())
        ? "at " + point.end()
        : point.start().truncatedTo(ChronoUnit.SECONDS) + " to " + point.end();
  }
}
