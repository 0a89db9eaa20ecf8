package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.LATE;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.gauge;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.spread;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order the points of one series may come. */
class EmbeddedCloudMonitoringOrderTest {
  private static final Instant START = NOON.minus(Duration.ofMinutes(10));
  private static final Instant END = NOON.minus(Duration.ofMinutes(5));
  private static final String OLDER_START =
      "Points must be written in order. One or more of the points specified had an older start time"
          + " than the most recent point.";
  private static final String OLDER_END =
      "Points must be written in order. One or more of the points specified had an older end time"
          + " than the most recent point.";
  private static final String TOO_FREQUENT =
      "One or more points were written more frequently than the maximum sampling period configured"
          + " for the metric. {Metric: %s, Timestamps: {Youngest Existing: '%s', New: '%s'}}";

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(
          InstantSource.fixed(NOON), MonitoringOptions.DEFAULT.withShape(RefusalShape.YEAR_2019));

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void sameStartGoesOn() {
    write(counter("etl", START, END, 1));
    write(counter("etl", START, NOON, 2));
    assertEquals(2, points(COUNT).size());
  }

  @Test
  void startOneMillisecondAfterTheEndIsAReset() {
    write(counter("etl", START, END, 1));
    write(counter("etl", END.plusMillis(1), NOON, 1));
    assertEquals(2, points(COUNT).size());
  }

  @Test
  void startAtTheEndIsRefused() {
    write(counter("etl", START, END, 1));
    assertRefused(OLDER_START, counter("etl", END, NOON, 1));
  }

  @Test
  void startBetweenStartAndEndIsRefused() {
    write(counter("etl", START, END, 1));
    assertRefused(OLDER_START, counter("etl", START.plusSeconds(60), NOON, 1));
  }

  @Test
  void earlierStartIsRefused() {
    write(counter("etl", START, END, 1));
    assertRefused(OLDER_START, counter("etl", START.minusMillis(1), NOON, 1));
  }

  @Test
  void repeatIsRefused() {
    write(counter("etl", START, END, 1));
    assertRefused(OLDER_END, counter("etl", START, END, 1));
  }

  @Test
  void earlierEndIsRefused() {
    write(counter("etl", START, END, 1));
    assertRefused(OLDER_END, counter("etl", START, END.minusSeconds(60), 1));
  }

  @Test
  void gaugeThatIsNotNewerIsRefused() {
    write(gauge(END, 1));
    assertRefused(OLDER_END, gauge(END, 1));
    assertRefused(OLDER_END, gauge(END.minusSeconds(60), 1));
    write(gauge(NOON, 1));
  }

  @Test
  void pointsCloserThanFiveSecondsAreRefused() {
    write(gauge(END, 1));
    assertRefused(
        TOO_FREQUENT.formatted(LATE, "2026/11/22-03:55:00.000", "2026/11/22-03:55:04.999"),
        gauge(END.plusMillis(4_999), 1));
    write(gauge(END.plusSeconds(5), 1));
  }

  @Test
  void spacingCanBeTenSecondsAsInEarlierYears() {
    cloud.configure(options -> options.withMinSpacing(Duration.ofSeconds(10)));
    write(counter("etl", START, END, 1));
    assertRefused(
        TOO_FREQUENT.formatted(COUNT, "2026/11/22-03:55:00.000", "2026/11/22-03:55:09.999"),
        counter("etl", START, END.plusMillis(9_999), 1));
    write(counter("etl", START, END.plusSeconds(10), 1));
  }

  @Test
  void otherLabelsAreAnotherSeries() {
    write(counter("etl", START, END, 1));
    write(counter("report", START.minusSeconds(60), END, 1));
    assertEquals(2, cloud.series(COUNT).size());
  }

  @Test
  void otherResourceIsAnotherSeries() {
    write(counter("etl", START, END, 1));
    var elsewhere = counter("etl", START, END, 1);
    elsewhere.getResourceBuilder().putLabels("location", "europe-west1");
    write(elsewhere);
    assertEquals(2, cloud.series(COUNT).size());
  }

  @Test
  void projectAmongTheResourceLabelsMakesNoOtherSeries() {
    write(counter("etl", START, END, 1));
    var explicit = counter("etl", START, NOON, 1);
    explicit.getResourceBuilder().putLabels("project_id", "demo");
    write(explicit);
    assertEquals(2, points(COUNT).size());
  }

  @Test
  void cleanWriterHasNoViolations() {
    write(counter("etl", START, END, 2), times(START, END, spread(1.5, 0L, 2L)));
    write(counter("etl", START, NOON, 2), times(START, NOON, spread(1.5, 0L, 2L, 0L)));
    write(counter("etl", NOON.plusMillis(1), NOON.plusSeconds(60), 1));
    assertEquals(List.of(), violations());
  }

  @Test
  void fallingTotalIsTakenAndNoted() {
    write(counter("etl", START, END, 3));
    write(counter("etl", START, NOON, 2));
    assertEquals(2, points(COUNT).size());
    assertEquals(List.of("value falls from 3.0 to 2.0 within one start"), violations());
  }

  @Test
  void fallingBucketIsTakenAndNoted() {
    write(times(START, END, spread(1.5, 0L, 2L)));
    write(times(START, NOON, spread(2.5, 0L, 1L, 2L)));
    write(times(START, NOON.plusSeconds(60), spread(2.5, 0L, 1L)));
    assertEquals(
        List.of(
            "bucket 1 falls from 2 to 1", "count falls from 3 to 1", "bucket 2 falls from 2 to 0"),
        violations());
  }

  @Test
  void changedBucketsAreTakenAndNoted() {
    write(times(START, END, spread(1.5, 0L, 2L)));
    var wider = spread(1.5, 0L, 2L);
    wider.getBucketOptionsBuilder().getExponentialBucketsBuilder().setScale(10);
    write(times(START, NOON, wider));
    assertEquals(List.of("buckets change within one start"), violations());
  }

  @Test
  void missingLabelIsTakenAndNoted() {
    write(counter("etl", START, END, 1));
    var unlabelled = counter("etl", START, END, 1);
    unlabelled.getMetricBuilder().clearLabels();
    write(unlabelled);
    assertEquals(List.of("label is missing: flow_name"), violations());
  }

  @Test
  void partsOfMillisecondsAreTakenAndNoted() {
    var fine = gauge(NOON, 1);
    fine.getPointsBuilder(0)
        .getIntervalBuilder()
        .clearStartTime()
        .setEndTime(Timestamp.newBuilder().setSeconds(NOON.getEpochSecond()).setNanos(1));
    write(fine);
    assertEquals(NOON, points(LATE).getFirst().end());
    assertEquals(List.of("time is not in whole milliseconds"), violations());
  }

  @Test
  void numberThatIsNoneIsTakenAndNoted() {
    write(ValidSeries.real("custom.googleapis.com/prefect/ratio", START, END, Double.NaN));
    assertEquals(List.of("value is not finite: NaN"), violations());
  }

  private void write(TimeSeries.Builder... series) {
    var _ = cloud.stub().createTimeSeries(request(series));
  }

  private void assertRefused(String text, TimeSeries.Builder series) {
    var before = cloud.series();
    var stub = cloud.stub();
    var error =
        assertThrows(StatusRuntimeException.class, () -> stub.createTimeSeries(request(series)));
    assertEquals(
        "INVALID_ARGUMENT: One or more TimeSeries could not be written: "
            + text
            + ": timeSeries[0]",
        error.getMessage());
    assertEquals(before, cloud.series());
  }

  private List<StoredPoint> points(String metricType) {
    var series = cloud.series(metricType);
    assertEquals(1, series.size());
    return series.values().iterator().next();
  }

  private List<String> violations() {
    return cloud.violations().stream().map(Violation::text).toList();
  }
}
