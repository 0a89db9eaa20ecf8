package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteGroupTest {
  private static final Metric COUNT =
      metric("count", "flow_name", "deployment_name", "work_pool_name", "state");
  private static final Metric TIME = metric("time", "flow_name", "deployment_name");
  private static final Metric TIMES = metric("times", "state", "work_pool_name");
  private static final Metric CRASHES = metric("crashes", "work_pool_name");

  @Test
  void aDeploymentsSeriesAreOneGroupWhateverTheMetricPoolOrState() {
    WriteGroup hourly = WriteGroup.of(series(COUNT, "etl", "hourly", "k8s", "failed"));

    assertEquals(hourly, WriteGroup.of(series(COUNT, "etl", "hourly", "", "completed")));
    assertEquals(hourly, WriteGroup.of(series(TIME, "etl", "hourly")));
    assertNotEquals(hourly, WriteGroup.of(series(COUNT, "etl", "daily", "k8s", "failed")));
    assertNotEquals(hourly, WriteGroup.of(series(COUNT, "ml", "hourly", "k8s", "failed")));
  }

  @Test
  void otherwiseAMetricIsOneGroup() {
    WriteGroup times = WriteGroup.of(series(TIMES, "failed", "k8s"));

    assertEquals(times, WriteGroup.of(series(TIMES, "completed", "")));
    assertNotEquals(times, WriteGroup.of(series(CRASHES, "k8s")));
  }

  @Test
  void deploymentsComeBeforeWholeMetrics() {
    Sample pool = sample(series(CRASHES, "k8s"));
    Sample hourly = sample(series(COUNT, "etl", "hourly", "k8s", "failed"));
    Sample daily = sample(series(TIME, "etl", "daily"));
    Sample none = sample(series(CRASHES, ""));
    Sample also = sample(series(TIME, "etl", "hourly"));

    assertEquals(
        List.of(List.of(hourly, also), List.of(daily), List.of(pool, none)),
        WriteGroup.of(List.of(pool, hourly, daily, none, also)));
  }

  private static Sample sample(Series series) {
    return new Sample(
        series, new Point(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), new Int64Value(1)));
  }

  private static Series series(Metric metric, String... labels) {
    return new Series(metric, List.of(labels));
  }

  private static Metric metric(String name, String... labels) {
    return new Metric(
        name,
        Kind.CUMULATIVE,
        ValueType.INT64,
        "1",
        "Name",
        "Text.",
        Arrays.stream(labels).map(key -> new Label(key, "Text.")).toList());
  }
}
