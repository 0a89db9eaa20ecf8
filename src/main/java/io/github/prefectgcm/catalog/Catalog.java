package io.github.prefectgcm.catalog;

import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric, the only source of their names, kinds, units, labels and texts. To add one, add an
 * entry to the list that it belongs to.
 */
public final class Catalog {
  static final List<Counter> COUNTERS = FlowRunMetrics.COUNTERS;

  static final List<FoldedGauge> FOLDED_GAUGES = DeploymentMetrics.FOLDED_GAUGES;

  static final List<Level> LEVELS =
      Stream.of(
              LiveRunMetrics.LEVELS,
              WorkPoolMetrics.LEVELS,
              CompatibilityMetrics.LEVELS,
              ExporterMetrics.LEVELS)
          .flatMap(List::stream)
          .toList();

  private Catalog() {}

  /** All entries, in the order in which people should read of them. */
  public static List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    entries.addAll(COUNTERS);
    entries.addAll(FOLDED_GAUGES);
    entries.addAll(LEVELS);
    entries.addAll(ExporterMetrics.OWN_COUNTERS);
    return entries;
  }

  /** The metrics whose next points follow from their last ones and the runs since. */
  public static List<Metric> folded() {
    return Stream.concat(COUNTERS.stream(), FOLDED_GAUGES.stream()).map(Entry::metric).toList();
  }

  /** All levels, measured. */
  public static List<Sample> levels(Snapshot seen) {
    var samples = new ArrayList<Sample>();
    for (Level level : LEVELS) {
      level
          .measure()
          .apply(seen)
          .ifPresent(values ->
              values.forEach((labels, value) ->
                  samples.add(
                      new Sample(
                          new Series(level.metric(), labels), Point.at(seen.now(), value)))));
    }
    return samples;
  }

  /** The counter of windows, whose newest point's end is the watermark. */
  public static Series watermark() {
    return ExporterMetrics.WATERMARK;
  }

  /** The level that says that the job is up. */
  public static Series up() {
    return ExporterMetrics.UP;
  }

  /** The counter of seconds that were left out. */
  public static Series skippedSeconds() {
    return ExporterMetrics.SKIPPED_SECONDS;
  }

  /** The counter of rows that Prefect cannot show. */
  public static Series unreadable() {
    return ExporterMetrics.UNREADABLE_ROWS;
  }

  /** The counter of points rejected for a reason. */
  public static Series rejected(Refusal.Reason reason) {
    return ExporterMetrics.rejected(reason);
  }

  /** The job's own counters, but for the watermark. */
  public static List<Series> ownCounters() {
    return ExporterMetrics.OWN_COUNTERS.stream()
        .flatMap(counter -> counter.series().stream())
        .filter(series -> !series.equals(ExporterMetrics.WATERMARK))
        .toList();
  }
}
