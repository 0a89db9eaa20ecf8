package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Panel.bars;
import static io.github.prefectgcm.dashboard.Panel.card;
import static io.github.prefectgcm.dashboard.Panel.lines;
import static io.github.prefectgcm.dashboard.Panel.table;
import static io.github.prefectgcm.dashboard.Panel.text;
import static io.github.prefectgcm.dashboard.Section.section;
import static io.github.prefectgcm.dashboard.Standard.added;
import static io.github.prefectgcm.dashboard.Standard.addedToGoogles;
import static io.github.prefectgcm.dashboard.Standard.highest;
import static io.github.prefectgcm.dashboard.Standard.latest;
import static io.github.prefectgcm.dashboard.Standard.lowest;

import java.time.Duration;
import java.util.List;

/** Whether the figures can be trusted, and what they cost. */
final class ExporterAndCost {
  private static final String EXECUTIONS = "run.googleapis.com/job/completed_execution_count";
  private static final String BYTES = "monitoring.googleapis.com/billing/bytes_ingested";
  private static final Duration HOUR = Duration.ofHours(1);

  static final Dashboard DASHBOARD =
      new Dashboard(
          "exporter-and-cost",
          "Prefect: Exporter and cost",
          "Whether the figures on the other dashboards can be trusted: does prefect-gcm run, does"
              + " it get through, does Cloud Monitoring take all that it writes. And what it"
              + " costs. What went wrong in an execution is in the log of its Cloud Run job.",
          List.of(Filter.WORKSPACE),
          List.of(
              section(
                  "The job",
                  "Does it get through?",
                  card(
                      "Up",
                      "1 after an execution in which all went well, 0 if a part failed. No data: it"
                          + " is not executed; look at Cloud Scheduler.",
                      lowest("exporter/up"),
                      Limits.NONE),
                  card(
                      "Behind by",
                      "Age of the newest instant up to which all runs are counted. It is never"
                          + " below SETTLE, a minute; red: executions fail or do not happen.",
                      highest("exporter/data_watermark_age"),
                      Limits.BEHIND),
                  card(
                      "Prefect healthy",
                      "1 if Prefect's health route says so. 0 also if it cannot be reached: the"
                          + " server, the network, or the URL.",
                      lowest("server/healthy"),
                      Limits.NONE),
                  card(
                      "Windows counted",
                      "Periods whose runs were read and written whole, in the time shown: one for"
                          + " each period of the job.",
                      added("exporter/window_count").total()),
                  card(
                      "Points rejected",
                      "Points that Cloud Monitoring will never take. The log has the first of each"
                          + " series; a descriptor of another kind is the usual cause.",
                      added("exporter/rejected_count").total(),
                      Limits.ANY),
                  card(
                      "Time skipped",
                      "Time whose runs were never counted, because the job was away for more than"
                          + " 24 hours. It cannot be brought back.",
                      added("exporter/skipped_seconds").total(),
                      Limits.ANY),
                  table(
                          "Versions",
                          "Of prefect-gcm and of Prefect. Two rows: an upgrade happened just now.",
                          latest("exporter/build_info").by("version", "prefect_version"))
                      .wide(24)
                      .high(7),
                  lines(
                      "How far behind",
                      "Low and flat is normal. A climb: executions do not get through. A gap: the"
                          + " job was not executed.",
                      highest("exporter/data_watermark_age").by("stream"),
                      Limits.BEHIND),
                  lines(
                      "Parts of Prefect that could be read",
                      "1: read. 0: that part failed, and its metrics have a gap; the log says why.",
                      lowest("exporter/collector_success").by("collector")),
                  bars(
                          "Windows counted by time",
                          "One for each period of the job. After an outage the"
                              + " gap is filled at the times where it was.",
                          added("exporter/window_count"))
                      .wide(16),
                  bars(
                          "Points rejected by reason",
                          "descriptor: the metric's descriptor has another kind, type or labels."
                              + " invalid: anything else.",
                          added("exporter/rejected_count").by("reason"))
                      .wide(16),
                  bars(
                          "Executions of Cloud Run jobs",
                          "As Cloud Run sees them, of all jobs in the project. A failed one is an"
                              + " exit code of 1 or 2, or a time-out.",
                          addedToGoogles(EXECUTIONS).by("job_name", "result"))
                      .wide(16)),
              section(
                  "Cost",
                  "What Cloud Monitoring charges for",
                  text(
                          "How it is charged",
                          """
                          Cloud Monitoring charges for the bytes of points of metrics that are not \
                          Google's own: about 8 bytes for a number and 80 for a distribution, as of \
                          mid-2026. The first 150 MiB a month of a billing account are free, more \
                          costs $0.258 per MiB. Reading time series through the API is free up to a \
                          million a month, then $0.50 for each further million. Check \
                          [Google's price list](https://cloud.google.com/products/observability/pricing).

                          To see a month, choose 30 days above. These metrics are the project's: they \
                          include what others write. prefect-gcm's are in the domain of its metric \
                          prefix, custom.googleapis.com unless you set another.\
                          """)
                      .high(9),
                  card(
                          "Bytes charged",
                          "Of all metrics in the project that are charged for, in the time shown.",
                          addedToGoogles(BYTES).total())
                      .high(14),
                  bars(
                          "Bytes charged by domain",
                          "A step is a new metric, a new label or a shorter period.",
                          addedToGoogles(BYTES).by("metric_domain").each(HOUR))
                      .wide(18),
                  table(
                          "Bytes charged by metric",
                          "The ten most expensive. To save, start the job less often.",
                          addedToGoogles(BYTES).by("metric_type").top(10).total())
                      .wide(18)
                      .high(14))));

  private ExporterAndCost() {}
}
