package io.github.prefectgcm;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Refusal;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Store;
import io.github.prefectgcm.metric.Value;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that holds nothing and prints, when it is closed, what it was to hold. */
final class DryRun implements Store {
  /** More series of one metric than this are counted, not shown. */
  private static final int SHOWN = 20;

  private final PrintStream out;
  private final Map<Metric, List<Sample>> samples = new LinkedHashMap<>();

  DryRun(PrintStream out) {
    this.out = out;
  }

  @Override
  public Optional<Point> newest(Series series, Instant since, Instant until) {
    return Optional.empty();
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until) {
    return Map.of();
  }

  @Override
  public List<Refusal> writeGroups(List<List<Sample>> groups) {
    for (List<Sample> group : groups) {
      for (Sample sample : group) {
        samples.computeIfAbsent(sample.series().metric(), metric -> new ArrayList<>()).add(sample);
      }
    }
    return List.of();
  }

  @Override
  public void close() {
    var table = new Table(List.of("METRIC", "LABELS", "VALUE", "INTERVAL"));
    samples.forEach((metric, all) -> show(metric, newest(all), table));
    table.print(out);
    out.println();
    var totals = new Table(List.of("METRIC", "SERIES", "POINTS", "TOTAL"));
    samples.forEach((metric, all) ->
        totals.row(
            metric.name(),
            Integer.toString(newest(all).size()),
            Integer.toString(all.size()),
            total(metric, newest(all))));
    totals.print(out);
    out.println();
  }

  /** The last point of each series; that of a counter holds all windows before. */
  private static Map<Series, Point> newest(List<Sample> all) {
    var newest = new LinkedHashMap<Series, Point>();
    all.forEach(sample -> newest.put(sample.series(), sample.point()));
    return newest;
  }

  /** Those that are not zero, up to some, and how many others there are. */
  private static void show(Metric metric, Map<Series, Point> newest, Table table) {
    int zeros = 0;
    int more = 0;
    int shown = 0;
    for (Map.Entry<Series, Point> each : newest.entrySet()) {
      Point point = each.getValue();
      if (point.value().isZero() && newest.size() > 1) {
        zeros++;
      } else if (shown == SHOWN) {
        more++;
      } else {
        shown++;
        table.row(
            metric.name(), labels(each.getKey()), value(metric, point.value()), interval(point));
      }
    }
    if (more > 0) {
      table.row(metric.name(), "… and " + more + " other series", "", "");
    }
    if (zeros > 0) {
      String which = shown == 0 ? "all " + zeros : "… and " + zeros + " other";
      table.row(metric.name(), which + " series", "0", "");
    }
  }

  private static String labels(Series series) {
    String text = Text.of(series);
    int brace = text.indexOf('{');
    return brace < 0 ? "" : text.substring(brace + 1, text.length() - 1);
  }

  /** A counter's sum over all series at the end; gauges have none that means anything. */
  private static String total(Metric metric, Map<Series, Point> newest) {
    return switch (metric.kind()) {
      case GAUGE -> "";
      case CUMULATIVE ->
          newest.values().stream()
              .map(Point::value)
              .reduce(Value::plus)
              .map(value -> value(metric, value))
              .orElse("");
    };
  }

  private static String value(Metric metric, Value value) {
    boolean timed = metric.unit().equals("s") && !value.isZero();
    return Text.of(value) + (timed ? " s" : "");
  }

  private static String interval(Point point) {
    return point.start().equals(point.end())
        ? "at " + point.end()
        : point.start().truncatedTo(ChronoUnit.SECONDS) + " to " + point.end();
  }
}
