package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The metrics that are written, the only source of their names, kinds, units, labels and texts. To
 * add one, add an entry to the list that it belongs to.
 */
public final class Catalog {
  private static final List<Level> LEVELS =
      Stream.of(
              LiveRunMetrics.LEVELS,
              DeploymentLevels.LEVELS,
              WorkPoolMetrics.LEVELS,
              WorkQueueMetrics.LEVELS,
              ConcurrencyLimitMetrics.LEVELS,
              CompatibilityMetrics.LEVELS,
              ServerMetrics.LEVELS,
              ExporterMetrics.LEVELS)
          .flatMap(List::stream)
          .toList();

  /** Every metric there is, as a project's descriptors have to know them. */
  public static final Catalog ALL =
      new Catalog(new MetricSelection(List.of("all")), LabelSelection.STANDARD);

  private final MetricSelection metrics;
  private final LabelSelection labels;
  private final RunStream<FinishedRun> finishedRuns;
  private final RunStream<StartedRun> startedRuns;
  private final List<FoldedGauge> foldedGauges;
  private final List<Level> levels;
  private final List<ExporterCounter> ownCounters;

  /**
   * The metrics that somebody chose, with the labels that they chose. The watermarks are always
   * among them.
   */
  public Catalog(MetricSelection metrics, LabelSelection labels) {
    this.metrics = metrics;
    this.labels = labels;
    Predicate<Entry> written = this::isWritten;
    this.finishedRuns =
        new RunStream<>(RunStream.FLOW_RUNS, counters(FlowRunMetrics.COUNTERS, written));
    this.startedRuns =
        new RunStream<>(RunStream.STARTED_FLOW_RUNS, counters(StartedRunMetrics.COUNTERS, written));
    this.foldedGauges = chosen(DeploymentMetrics.FOLDED_GAUGES, written);
    this.levels = chosen(LEVELS, written);
    this.ownCounters = chosen(ExporterMetrics.OWN_COUNTERS, written);
  }

  private boolean isWritten(Entry entry) {
    return entry.metric().equals(ExporterMetrics.WINDOW_COUNT)
        || (metrics.includes(entry.metric().name(), entry.standard()) && isTold(entry));
  }

  /** A gauge of each deployment cannot be added up where nothing tells deployments apart. */
  private boolean isTold(Entry entry) {
    return entry instanceof Counter<?>
        || entry.metric().labels().stream()
            .map(label -> label.key())
            .filter(key -> !key.equals(Dimension.OWNER.label().key()))
            .allMatch(key -> labels.fills(entry.metric(), key));
  }

  private static <E extends Entry> List<E> chosen(List<E> entries, Predicate<Entry> written) {
    return entries.stream().filter(written).toList();
  }

  private <R extends Occurrence> List<Counter<R>> counters(
      List<Counter<R>> counters, Predicate<Entry> written) {
    return chosen(counters, written).stream().map(counter -> counter.with(labels)).toList();
  }

  /** All entries, in the order in which people should read of them. */
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    entries.addAll(finishedRuns.counters());
    entries.addAll(startedRuns.counters());
    entries.addAll(foldedGauges);
    entries.addAll(levels);
    entries.addAll(ownCounters);
    return entries;
  }

  /** Which labels are filled in. */
  public LabelSelection labels() {
    return labels;
  }

  /** Flow runs by the time at which they end. */
  public RunStream<FinishedRun> finishedRuns() {
    return finishedRuns;
  }

  /** Flow runs by the time at which they start. */
  public RunStream<StartedRun> startedRuns() {
    return startedRuns;
  }

  List<FoldedGauge> foldedGauges() {
    return foldedGauges;
  }

  /** The metrics of the folded gauges, whose next points follow from their last ones. */
  public List<Metric> foldedGaugeMetrics() {
    return foldedGauges.stream().map(Entry::metric).toList();
  }

  /** The counter of finished runs, if it is written. */
  Optional<Counter<FinishedRun>> finishedCounter() {
    return finishedRuns.counters().stream()
        .filter(counter -> counter.metric().equals(FlowRunMetrics.FINISHED.metric()))
        .findFirst();
  }

  List<Level> levels() {
    return levels;
  }

  /** Whether every execution reads the last points of a metric. */
  boolean readsBack(Metric metric) {
    return finishedRuns.metrics().contains(metric)
        || startedRuns.metrics().contains(metric)
        || foldedGaugeMetrics().contains(metric);
  }

  /** Whether anything that is written is measured from this; what is not need not be read. */
  public boolean needs(Collector collector) {
    return levels.stream().anyMatch(level -> collector.serves(level.metric().name()));
  }

  /** All levels, measured. */
  public List<Sample> levels(Snapshot seen) {
    var samples = new ArrayList<Sample>();
    for (Level level : levels) {
      level
          .measure()
          .apply(seen)
          .ifPresent(values ->
              values.forEach((row, value) ->
                  samples.add(
                      new Sample(new Series(level.metric(), row), Point.at(seen.now(), value)))));
    }
    return samples;
  }

  /** The counter of a stream's windows, whose newest point's end is the watermark. */
  public static Series watermark(String stream) {
    return ExporterMetrics.watermark(stream);
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

  /** The counter of requests to Prefect that were answered in a way. */
  public static Series requests(String responseClass) {
    return ExporterMetrics.requests(responseClass);
  }

  /** Whether it counts what an execution asks and writes, and nothing that is missed elsewhere. */
  public static boolean isTraffic(Series series) {
    return series.equals(ExporterMetrics.WRITTEN_BYTES)
        || series.metric().equals(ExporterMetrics.requests(Traffic.ERROR).metric());
  }

  /** The counter of bytes that are billed. */
  public static Series writtenBytes() {
    return ExporterMetrics.WRITTEN_BYTES;
  }

  /** The counter of points rejected for a reason. */
  public static Series rejected(Refusal.Reason reason) {
    return ExporterMetrics.rejected(reason);
  }

  /** The job's own counters, but for the watermarks. */
  public List<Series> ownCounters() {
    return ownCounters.stream()
        .filter(counter -> !counter.metric().equals(ExporterMetrics.WINDOW_COUNT))
        .flatMap(counter -> counter.series().stream())
        .toList();
  }

  /** By what was chosen. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Catalog that
        && metrics.equals(that.metrics)
        && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * metrics.hashCode() + labels.hashCode();
  }
}
