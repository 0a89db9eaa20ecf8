package io.github.prefectgcm.job;

import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_TIME_SERIES;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_TIME_SERIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.TimeSeries;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Cloud Monitoring answers: the exit code, one sentence a cause, and the watermark. */
@Execution(ExecutionMode.CONCURRENT)
class BadStoreAnswersTest {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Instant FIRST_MARK = Site.NOON;
  private static final Instant NEXT_MARK = Site.NOON.plus(PERIOD);
  private static final String FINISHED = "flow_run/finished_count";

  /**
   * What comes in and what comes out of it.
   *
   * @param said part of the only line that is said besides the summary; empty if none is
   */
  record Row(
      String name, Consumer<EmbeddedCloudMonitoring> fault, int code, String said, boolean moves) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row always(Status.Code code, int exit, String said) {
    Status status = code.toStatus().withDescription("Something is wrong here.");
    return new Row(
        code + " for good",
        cloud -> {
          cloud.always(CREATE_TIME_SERIES, MonitoringFault.before(status));
          cloud.always(LIST_TIME_SERIES, MonitoringFault.before(status));
        },
        exit,
        said,
        false);
  }

  private static Row once(Status.Code code) {
    Status status = code.toStatus().withDescription("Something is wrong here.");
    return new Row(
        code + " once",
        cloud -> {
          cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.before(status));
          cloud.fault(LIST_TIME_SERIES, 2, MonitoringFault.before(status));
        },
        0,
        "",
        true);
  }

  private static Row lost(Status.Code code) {
    return new Row(
        code + " once, after the points were stored",
        cloud -> cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.after(code.toStatus())),
        0,
        "",
        true);
  }

  static Stream<Row> passing() {
    return Stream.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.INTERNAL,
            Status.Code.ABORTED,
            Status.Code.RESOURCE_EXHAUSTED)
        .flatMap(code ->
            Stream.of(
                always(code, 1, code + ": Something is wrong here."), once(code), lost(code)));
  }

  static Stream<Row> others() {
    return Stream.of(
        new Row("all well", cloud -> {}, 0, "", true),
        always(Status.Code.DATA_LOSS, 1, "DATA_LOSS: Something is wrong here."),
        always(Status.Code.UNKNOWN, 1, "UNKNOWN: Something is wrong here."),
        always(Status.Code.UNIMPLEMENTED, 1, "UNIMPLEMENTED: Something is wrong here."),
        new Row(
            "silence",
            cloud -> {
              cloud.always(CREATE_TIME_SERIES, MonitoringFault.silence());
              cloud.always(LIST_TIME_SERIES, MonitoringFault.silence());
            },
            1,
            "DEADLINE_EXCEEDED: ",
            false),
        new Row(
            "a reset",
            cloud -> cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.reset()),
            0,
            "",
            true),
        new Row(
            "writing denied",
            cloud -> cloud.always(CREATE_TIME_SERIES, MonitoringFault.denied(CREATE_TIME_SERIES)),
            2,
            "the job's account may not write to Cloud Monitoring in project acme: grant"
                + " roles/monitoring.metricWriter, or a role with monitoring.timeSeries.create",
            false),
        new Row(
            "reading denied",
            cloud -> cloud.always(LIST_TIME_SERIES, MonitoringFault.denied(LIST_TIME_SERIES)),
            2,
            "the job's account may not read from Cloud Monitoring in project acme: grant"
                + " roles/monitoring.viewer, or a role with monitoring.timeSeries.list",
            false),
        new Row(
            "no such project",
            cloud -> {
              cloud.always(CREATE_TIME_SERIES, MonitoringFault.noProject());
              cloud.always(LIST_TIME_SERIES, MonitoringFault.noProject());
            },
            2,
            "Cloud Monitoring does not know project acme: check GOOGLE_CLOUD_PROJECT",
            false),
        new Row(
            "not authenticated",
            cloud -> {
              cloud.always(CREATE_TIME_SERIES, MonitoringFault.unauthenticated());
              cloud.always(LIST_TIME_SERIES, MonitoringFault.unauthenticated());
            },
            2,
            "check the service account and GOOGLE_APPLICATION_CREDENTIALS",
            false),
        new Row(
            "API not enabled",
            cloud -> {
              cloud.always(CREATE_TIME_SERIES, disabled());
              cloud.always(LIST_TIME_SERIES, disabled());
            },
            2,
            "the Cloud Monitoring API is not enabled: run `gcloud services enable"
                + " monitoring.googleapis.com --project=acme`",
            false),
        new Row(
            "incomplete reads",
            cloud -> cloud.configure(options -> options.withExecutionErrors(true)),
            1,
            "reads of Cloud Monitoring are incomplete",
            false));
  }

  private static MonitoringFault disabled() {
    return MonitoringFault.before(
        Status.PERMISSION_DENIED.withDescription(
            "Cloud Monitoring API has not been used in project acme before or it is disabled."));
  }

  @ParameterizedTest
  @MethodSource({"passing", "others"})
  void sayOneSentence(Row row) {
    for (String format : List.of("text", "json")) {
      try (var site = new Site()) {
        site.executeWell();
        site.now = site.now.plus(PERIOD);
        site.environment.put("LOG_FORMAT", format);
        site.environment.put("DEADLINE", "4s");
        row.fault().accept(site.cloud);

        Site.Ending ending = site.execute();

        String all = String.join("\n", ending.lines());
        assertEquals(row.code(), ending.code(), all);
        assertEquals(row.said().isEmpty() ? 1 : 2, ending.lines().size(), all);
        assertTrue(ending.said().stream().allMatch(line -> line.contains(row.said())), all);
        assertEquals(Optional.of(row.moves() ? NEXT_MARK : FIRST_MARK), site.watermark(), all);

        site.cloud.heal();
        site.cloud.configure(options -> options.withExecutionErrors(false));
        site.now = site.now.plus(PERIOD);
        site.environment.put("DEADLINE", "60s");
        assertEquals(0, site.execute().code());
        for (String deployment : List.of("hourly", "daily")) {
          assertEquals(1, finished(site, deployment, "failed").whole());
          assertEquals(1, finished(site, deployment, "completed").whole());
        }
      }
    }
  }

  private static StoredPoint finished(Site site, String deployment, String state) {
    return site.newest(FINISHED, Map.of("deployment_name", deployment, "state", state))
        .orElseThrow();
  }

  /** Its neighbours are written, and it is told in full and counted. */
  @Test
  void poisonedSeries() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      poison(site, series -> labels(series).equals("daily completed"));

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      assertEquals(
          List.of(
              "error: Cloud Monitoring rejects the point"
                  + " flow_run/finished_count{flow_name=\"etl\", deployment_name=\"daily\","
                  + " work_pool_name=\"k8s\", state=\"completed\"} 1 from"
                  + " 2026-03-01T11:45:00.001Z to 2026-03-01T12:05:00Z: "
                  + POISON),
          ending.said());
      assertEquals(Optional.of(NEXT_MARK), site.watermark());
      assertEquals(NEXT_MARK, finished(site, "hourly", "failed").end());
      assertEquals(NEXT_MARK, finished(site, "daily", "failed").end());
      assertEquals(FIRST_MARK, finished(site, "daily", "completed").end());
      assertEquals(
          Optional.of(1.0), site.level("exporter/rejected_count", Map.of("reason", "invalid")));
      assertTrue(ending.summary().contains("1 refused"), ending.summary());
    }
  }

  /** The same series in several windows is one cause. */
  @Test
  void poisonedSeriesInManyWindows() {
    try (var site = new Site()) {
      poison(site, series -> labels(series).equals("daily completed"));

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      assertEquals(1, ending.said().size(), () -> String.join("\n", ending.said()));
      assertEquals(
          Optional.of(3.0), site.level("exporter/rejected_count", Map.of("reason", "invalid")));
    }
  }

  @Test
  void everySeriesOfCounterPoisoned() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      poison(site, series -> series.getMetric().getType().endsWith(FINISHED));

      Site.Ending ending = site.execute();

      assertEquals(2, ending.code());
      assertEquals(1, ending.said().size(), () -> String.join("\n", ending.said()));
      assertTrue(ending.said().getFirst().contains("every point of " + FINISHED));
      assertEquals(Optional.of(NEXT_MARK), site.watermark(), "the other counters go on");
    }
  }

  @Test
  void descriptorOfOtherKind() {
    descriptorDiffers(
        FINISHED,
        MetricDescriptor.newBuilder()
            .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
            .setValueType(MetricDescriptor.ValueType.INT64));
  }

  @Test
  void descriptorOfOtherType() {
    descriptorDiffers(
        FINISHED,
        MetricDescriptor.newBuilder()
            .setMetricKind(MetricDescriptor.MetricKind.CUMULATIVE)
            .setValueType(MetricDescriptor.ValueType.DOUBLE));
  }

  @Test
  void descriptorWithOtherLabels() {
    descriptorDiffers(
        FINISHED,
        MetricDescriptor.newBuilder()
            .setMetricKind(MetricDescriptor.MetricKind.CUMULATIVE)
            .setValueType(MetricDescriptor.ValueType.INT64)
            .addLabels(LabelDescriptor.newBuilder().setKey("owner")));
  }

  /** As the public recipe for Prefect may have left one: it concerns no run that is counted. */
  @Test
  void descriptorOfLevelIsAnothers() {
    descriptorDiffers(
        "flow_runs_total",
        MetricDescriptor.newBuilder()
            .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
            .setValueType(MetricDescriptor.ValueType.DOUBLE));
  }

  /** No watermark can be written, yet each execution knows what the last one counted. */
  @Test
  void descriptorOfWatermarkIsAnothers() {
    try (var site = new Site()) {
      describe(
          site,
          "exporter/window_count",
          MetricDescriptor.newBuilder()
              .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
              .setValueType(MetricDescriptor.ValueType.DOUBLE));
      assertEquals(2, site.execute().code());
      long before = finished(site, "daily", "completed").whole();
      site.now = site.now.plus(PERIOD);

      Site.Ending ending = site.execute();

      assertEquals(2, ending.code());
      assertEquals(before + 1, finished(site, "daily", "completed").whole());
      assertEquals(Optional.empty(), site.watermark());
      assertEquals(List.of(), site.cloud.violations());
    }
  }

  /** A metric that somebody else declared costs only itself, until it is mended. */
  @Test
  void foreignDescriptorHoldsNoOtherMetric() {
    String metric = "flow_run/never_started_count";
    try (var site = new Site()) {
      describe(
          site,
          metric,
          MetricDescriptor.newBuilder()
              .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
              .setValueType(MetricDescriptor.ValueType.INT64));
      for (int i = 0; i < 12; i++) {
        assertEquals(2, site.execute().code());
        assertTrue(rejected(site, "descriptor") > 0);
        site.now = site.now.plus(PERIOD);
      }
      assertEquals(Optional.of(FIRST_MARK.plus(PERIOD.multipliedBy(11))), site.watermark());
      assertEquals(Map.of(), site.cloud.series(metric));

      site.cloud.undescribe("projects/acme", "custom.googleapis.com/prefect/" + metric);
      assertEquals(0, site.execute().code());

      StoredPoint anew = site.cloud.series(metric).values().iterator().next().getFirst();
      assertEquals(site.watermark().orElseThrow().minus(PERIOD).plusMillis(1), anew.start());
      assertEquals(Optional.of(0.0), site.level("exporter/skipped_seconds", Map.of()));
    }
  }

  private static double rejected(Site site, String reason) {
    return site.level("exporter/rejected_count", Map.of("reason", reason)).orElseThrow();
  }

  private static void describe(Site site, String metric, MetricDescriptor.Builder descriptor) {
    site.cloud.describe(
        "projects/acme", descriptor.setType("custom.googleapis.com/prefect/" + metric).build());
  }

  private static void descriptorDiffers(String metric, MetricDescriptor.Builder descriptor) {
    try (var site = new Site()) {
      describe(site, metric, descriptor);

      Site.Ending ending = site.execute();

      String all = String.join("\n", ending.lines());
      assertEquals(2, ending.code(), all);
      assertEquals(1, ending.said().size(), all);
      String said = ending.said().getFirst();
      assertTrue(said.contains("takes no point of " + metric + ", its descriptor is not"), said);
      assertTrue(said.contains("METRIC_PREFIX"), said);
      assertEquals(Optional.of(FIRST_MARK), site.watermark(), "all other metrics go on");
    }
  }

  /** Another execution did the work meanwhile, and its points can be read. */
  @Test
  void refusedAsOlderAndConfirmed() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      site.cloud.fault(LIST_TIME_SERIES, 1, MonitoringFault.before(Status.UNAVAILABLE));
      overlap(site);

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code(), () -> String.join("\n", ending.lines()));
      assertEquals(List.of(), ending.said());
      assertEquals(Optional.of(NEXT_MARK), site.watermark());
      assertEquals(1, finished(site, "daily", "completed").whole());
    }
  }

  /** The same, but what it wrote cannot be read yet. */
  @Test
  void refusedAsOlderAndNotConfirmed() {
    try (var site = new Site()) {
      site.executeWell();
      site.now = site.now.plus(PERIOD);
      site.cloud.configure(options -> options.withReadDelay(Duration.ofSeconds(100)));
      overlap(site);

      Site.Ending ending = site.execute();

      assertEquals(1, ending.code());
      assertEquals(1, ending.said().size(), () -> String.join("\n", ending.said()));
      String said = ending.said().getFirst();
      assertTrue(said.contains("as not newer and does not show newer ones yet"), said);
      assertTrue(said.contains("up to " + NEXT_MARK + " again"), said);

      site.cloud.configure(options -> options.withReadDelay(Duration.ZERO));
      site.now = site.now.plus(PERIOD);
      site.executeWell();
      assertEquals(1, finished(site, "daily", "completed").whole());
    }
  }

  /** Another whole execution happens before the first write of the next one. */
  private static void overlap(Site site) {
    var begun = new java.util.concurrent.atomic.AtomicBoolean();
    site.cloud.faults(call -> {
      if (call.method() == CREATE_TIME_SERIES && begun.compareAndSet(false, true)) {
        assertEquals(0, site.execute().code());
      }
      return Optional.empty();
    });
  }

  private static final String POISON = "Field metric had an invalid value: it is poisoned.";

  private static void poison(Site site, Predicate<TimeSeries> series) {
    site.cloud.poison(series, POISON);
  }

  private static String labels(TimeSeries series) {
    Map<String, String> labels = series.getMetric().getLabelsMap();
    return series.getMetric().getType().endsWith(FINISHED)
        ? labels.get("deployment_name") + " " + labels.get("state")
        : "";
  }
}
