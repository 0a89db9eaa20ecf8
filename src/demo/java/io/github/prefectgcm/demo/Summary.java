package io.github.prefectgcm.demo;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import io.github.prefectgcm.demo.Increments.Increment;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Value;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a demo wrote, as text for a terminal. */
final class Summary {
  private static final DateTimeFormatter DAY = pattern("d MMM uuuu HH:mm");
  private static final DateTimeFormatter CLOCK = pattern("HH:mm");

  private final Facts facts;
  private final List<WrittenSeries> series;
  private final List<String> lines = new ArrayList<>();

  private Summary(Outcome outcome) {
    facts = outcome.facts();
    series = outcome.series();
  }

  static String of(Outcome outcome) {
    return new Summary(outcome).text();
  }

  private String text() {
    line("");
    line(
        format(
            ROOT,
            "%s, %s to %s UTC",
            facts.title(),
            DAY.format(facts.day().start()),
            DAY.format(facts.day().end())));
    line("");
    totals();
    line("");
    findings();
    metrics();
    return String.join("\n", lines) + "\n";
  }

  private void totals() {
    row(
        facts.executions(),
        format(
            ROOT,
            "execution%s of the job, in %.1f s",
            facts.executions() == 1 ? "" : "s",
            facts.took().toMillis() / 1000.0));
    row(added("exporter/window_count", _ -> true), "windows counted");
    row(added("flow_run/finished_count", _ -> true), "flow runs finished: " + byState());
    row(points(series.stream()), format(ROOT, "points in %,d series", series.size()));
  }

  private String byState() {
    return Stream.of(FinalState.values())
        .map(FinalState::label)
        .map(state ->
            format(
                ROOT,
                "%,d %s",
                added("flow_run/finished_count", one -> state.equals(one.label("state"))),
                state))
        .collect(Collectors.joining(", "));
  }

  /** What the series show of the day's events. */
  private void findings() {
    for (Facts.Event event : facts.events()) {
      line(
          format(
              ROOT,
              "  %s - %s  %s",
              CLOCK.format(event.span().start()),
              CLOCK.format(event.span().end()),
              event.text()));
    }
    facts
        .outage()
        .ifPresent(outage ->
            line(
                format(ROOT, "  The outage: %,d windows were filled afterwards.", filled(outage))));
    series.stream()
        .filter(one -> one.metric().equals("deployment/consecutive_failures") && most(one) >= 3)
        .forEach(one ->
            line(
                format(
                    ROOT,
                    "  Longest streak of %s / %s: %.0f failures.",
                    one.label("flow_name"),
                    one.label("deployment_name"),
                    most(one))));
    series.stream()
        .filter(one -> one.metric().equals("flow_run/oldest_late_age") && most(one) > 0)
        .forEach(one ->
            line(
                format(
                    ROOT,
                    "  Longest wait in pool %s: %.0f min.",
                    one.label("work_pool_name"),
                    most(one) / 60)));
    line("");
  }

  private void metrics() {
    var metrics =
        series.stream()
            .collect(
                Collectors.groupingBy(WrittenSeries::metric, TreeMap::new, Collectors.toList()));
    line(format(ROOT, "  %-36s %-10s %7s %9s", "metric", "kind", "series", "points"));
    metrics.forEach((metric, of) ->
        line(
            format(
                ROOT,
                "  %-36s %-10s %,7d %,9d",
                metric,
                of.getFirst().kind().name().toLowerCase(ROOT),
                of.size(),
                points(of.stream()))));
  }

  /** Windows that ended in the outage and were written after it. */
  private long filled(Window outage) {
    return increments("exporter/window_count", _ -> true)
        .filter(one ->
            !one.end().isBefore(outage.start())
                && one.end().isBefore(outage.end())
                && one.appliedAt().isAfter(outage.end()))
        .count();
  }

  private long added(String metric, Predicate<WrittenSeries> which) {
    return increments(metric, which)
        .map(Increment::value)
        .mapToLong(value -> ((Int64Value) value).value())
        .sum();
  }

  private Stream<Increment> increments(String metric, Predicate<WrittenSeries> which) {
    return series.stream()
        .filter(one -> one.metric().equals(metric))
        .filter(which)
        .flatMap(one -> Increments.of(one).stream());
  }

  private static double most(WrittenSeries gauge) {
    return gauge.points().stream().mapToDouble(one -> number(one.point().value())).max().orElse(0);
  }

  private static double number(Value value) {
    return switch (value) {
      case Int64Value whole -> whole.value();
      case DoubleValue real -> real.value();
      default -> throw new IllegalArgumentException("not a number: " + value);
    };
  }

  private static long points(Stream<WrittenSeries> series) {
    return series.mapToLong(one -> one.points().size()).sum();
  }

  private void row(long number, String what) {
    line(format(ROOT, "  %,9d  %s", number, what));
  }

  private void line(String line) {
    lines.add(line);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, ROOT).withZone(ZoneOffset.UTC);
  }
}
