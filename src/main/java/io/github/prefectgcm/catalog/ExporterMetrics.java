package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.age;
import static io.github.prefectgcm.catalog.Levels.flag;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Metrics of the job itself. */
final class ExporterMetrics {
  private static final int LONGEST_VERSION = 64;

  private static final Label STREAM =
      new Label(
          "stream",
          "flow_runs, counted by the time at which they end, or started_flow_runs, by the time at"
              + " which they start.");

  static final Metric WINDOW_COUNT =
      own(
          "exporter/window_count",
          "1",
          "Windows handled",
          "Windows of time that were read and written whole. The end of its newest point is the"
              + " stream's watermark: do not write to it.",
          STREAM);

  private static final Metric SKIPPED =
      own(
          "exporter/skipped_seconds",
          "s",
          "Time skipped",
          "Time whose runs were never counted, because the job was away for longer than the 24"
              + " hours that can be written late.");

  private static final Metric REJECTED =
      own(
          "exporter/rejected_count",
          "1",
          "Rejected points",
          "Points that Cloud Monitoring will not take. The first of each series is logged.",
          new Label(
              "reason",
              "descriptor: the metric's descriptor has another kind, type or labels; invalid:"
                  + " anything else."));

  private static final Metric UNREADABLE =
      own(
          "exporter/unreadable_count",
          "1",
          "Unreadable rows",
          "Flow runs, deployments and the like that Prefect stores and cannot show. A run among"
              + " them is counted by its state, but its run time is not known.");

  private static final Metric IS_UP =
      gauge(
          "exporter/up",
          ValueType.INT64,
          "1",
          "Exporter up",
          "1 after an execution in which all went well, 0 if a part failed. Alert on its"
              + " absence.");

  static final Series UP = new Series(IS_UP, List.of());
  static final Series SKIPPED_SECONDS = new Series(SKIPPED, List.of());
  static final Series UNREADABLE_ROWS = new Series(UNREADABLE, List.of());

  private static final Metric REQUESTS =
      own(
          "exporter/prefect_request_count",
          "1",
          "Requests to Prefect",
          "Requests that the job sent to Prefect, repeated ones included, by how they were"
              + " answered.",
          new Label(
              "response_class",
              "2xx, 3xx, 4xx or 5xx by the status of the answer, or error where none came."));

  private static final Metric BYTES =
      own(
          "exporter/written_bytes_count",
          "By",
          "Written bytes",
          "Bytes that Cloud Monitoring bills for the points that it accepted: 8 for a number, 80"
              + " for a distribution.");

  static final Series WRITTEN_BYTES = new Series(BYTES, List.of());

  static final List<ExporterCounter> OWN_COUNTERS =
      List.of(
          new ExporterCounter(
              REQUESTS,
              Stream.of("2xx", "3xx", "4xx", "5xx", Traffic.ERROR)
                  .map(ExporterMetrics::requests)
                  .toList()),
          new ExporterCounter(BYTES, List.of(WRITTEN_BYTES)),
          new ExporterCounter(
              WINDOW_COUNT, RunStream.NAMES.stream().map(ExporterMetrics::watermark).toList()),
          new ExporterCounter(SKIPPED, List.of(SKIPPED_SECONDS)),
          new ExporterCounter(UNREADABLE, List.of(UNREADABLE_ROWS)),
          new ExporterCounter(
              REJECTED,
              Stream.of(Refusal.Reason.DESCRIPTOR, Refusal.Reason.INVALID)
                  .map(ExporterMetrics::rejected)
                  .toList()));

  static final List<Level> LEVELS =
      List.of(
          new Level(IS_UP, seen -> Optional.of(Map.of(row(), flag(seen.job().up())))),
          new Level(
              gauge(
                  "exporter/collector_success",
                  ValueType.INT64,
                  "1",
                  "Collector success",
                  "1 if this part of Prefect could be read, else 0.",
                  new Label(
                      "collector",
                      "finished_runs, started_runs, inventory, current_runs, work_queues, workers,"
                          + " concurrency_limits, scheduled_runs or expected_runs.")),
              seen -> Optional.of(collectors(seen.job()))),
          new Level(
              gauge(
                  "exporter/data_watermark_age",
                  ValueType.DOUBLE,
                  "s",
                  "Data watermark age",
                  "Age of the newest instant up to which all runs are counted. Not written before"
                      + " the first window is.",
                  STREAM),
              seen -> Optional.of(watermarkAges(seen))),
          new Level(
              gauge(
                  "exporter/build_info",
                  ValueType.INT64,
                  "1",
                  "Exporter version",
                  "Always 1; its labels tell the versions.",
                  new Label("version", "Version of prefect-gcm."),
                  new Label(
                      "prefect_version", "Version of the Prefect server; empty if it told none.")),
              seen ->
                  Optional.of(
                      Map.of(
                          row(
                              seen.job().version(),
                              seen.job()
                                  .prefectVersion()
                                  .filter(ExporterMetrics::isVersion)
                                  .orElse("")),
                          flag(true)))));

  private ExporterMetrics() {}

  static Series watermark(String stream) {
    return new Series(WINDOW_COUNT, List.of(stream));
  }

  private static Map<List<String>, Value> watermarkAges(Snapshot seen) {
    var ages = new TreeMap<List<String>, Value>(Levels.ORDER);
    seen.job()
        .watermarks()
        .forEach((stream, watermark) -> ages.put(row(stream), age(watermark, seen.now())));
    return ages;
  }

  static Series requests(String responseClass) {
    return new Series(REQUESTS, List.of(responseClass));
  }

  static Series rejected(Refusal.Reason reason) {
    return new Series(REJECTED, List.of(reason.name().toLowerCase(Locale.ROOT)));
  }

  /** Of a release, of what somebody built between two, or the word for Prefect Cloud. */
  private static boolean isVersion(String text) {
    return text.length() <= LONGEST_VERSION
        && text.chars().allMatch(each -> each > ' ' && each < 127);
  }

  private static Map<List<String>, Value> collectors(Exporter job) {
    var values = new TreeMap<List<String>, Value>(Levels.ORDER);
    job.collectors().forEach((name, success) -> values.put(row(name), flag(success)));
    return values;
  }

  private static Metric own(
      String name, String unit, String displayName, String description, Label... labels) {
    return new Metric(
        name, Kind.CUMULATIVE, ValueType.INT64, unit, displayName, description, List.of(labels));
  }
}
