package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Fixtures.LEVEL;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.NOON;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RATIO;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RUNS;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.TARGET;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final Requests REQUESTS = new Requests("acme", TARGET);

  private static final String RESOURCE =
      """
      resource {
        type: "generic_task"
        labels { key: "project_id" value: "acme" }
        labels { key: "location" value: "global" }
        labels { key: "namespace" value: "prod" }
        labels { key: "job" value: "prefect-gcm" }
        labels { key: "task_id" value: "0" }
      }
      """;

  @Test
  void aCounterIsWrittenWithItsStart() throws Exception {
    var point = new Point(NOON.minusMillis(1), NOON.plusNanos(7_999_999), new Int64Value(7));
    assertEquals(
        create(
            """
            metric {
              type: "custom.googleapis.com/prefect/flow_run/finished_count"
              labels { key: "flow_name" value: "load" }
              labels { key: "state" value: "" }
            }
            %s
            metric_kind: CUMULATIVE value_type: INT64 unit: "1"
            points {
              interval {
                start_time { seconds: 1780315199 nanos: 999000000 }
                end_time { seconds: 1780315200 nanos: 7000000 }
              }
              value { int64_value: 7 }
            }
            """),
        REQUESTS.create(List.of(new Sample(new Series(RUNS, List.of("load", "")), point))));
  }

  @Test
  void aGaugeIsWrittenWithItsEndOnly() throws Exception {
    var point = Point.at(NOON, new DoubleValue(0.25));
    assertEquals(
        create(
            """
            metric {
              type: "custom.googleapis.com/prefect/flow_run/ratio"
              labels { key: "flow_name" value: "load" }
            }
            %s
            metric_kind: GAUGE value_type: DOUBLE unit: "1"
            points {
              interval { end_time { seconds: 1780315200 } }
              value { double_value: 0.25 }
            }
            """),
        REQUESTS.create(List.of(new Sample(new Series(RATIO, List.of("load")), point))));
  }

  @Test
  void aDistributionIsWrittenWithItsBuckets() throws Exception {
    var buckets = new Buckets(0.5, 2, 2);
    var spread = DistributionValue.of(buckets, 0.25).plus(DistributionValue.of(buckets, 1.25));
    var point = new Point(NOON.minusSeconds(1), NOON, spread);
    assertEquals(
        create(
            """
            metric {
              type: "custom.googleapis.com/prefect/flow_run/run_time"
              labels { key: "flow_name" value: "load" }
            }
            %s
            metric_kind: CUMULATIVE value_type: DISTRIBUTION unit: "1"
            points {
              interval {
                start_time { seconds: 1780315199 }
                end_time { seconds: 1780315200 }
              }
              value {
                distribution_value {
                  count: 2 mean: 0.75 sum_of_squared_deviation: 0.5
                  bucket_options {
                    exponential_buckets { num_finite_buckets: 2 growth_factor: 2 scale: 0.5 }
                  }
                  bucket_counts: [1, 0, 1, 0]
                }
              }
            }
            """),
        REQUESTS.create(List.of(new Sample(new Series(TIME, List.of("load")), point))));
  }

  @Test
  void theNewestPointIsAskedForByEveryLabel() throws Exception {
    assertEquals(
        parse(
            ListTimeSeriesRequest.class,
            """
            name: "projects/acme"
            filter: 'metric.type = "custom.googleapis.com/prefect/flow_run/finished_count"'
                ' AND resource.type = "generic_task"'
                ' AND resource.labels.location = "global"'
                ' AND resource.labels.namespace = "prod"'
                ' AND resource.labels.job = "prefect-gcm"'
                ' AND resource.labels.task_id = "0"'
                ' AND metric.labels.flow_name = "say \\\\"hi\\\\" \\\\\\\\o/"'
                ' AND metric.labels.state = ""'
            interval { start_time { seconds: 1780311600 } end_time { seconds: 1780315200 } }
            view: FULL
            page_size: 1
            """),
        REQUESTS.newest(
            new Series(RUNS, List.of("say \"hi\" \\o/", "")),
            NOON.minus(Duration.ofHours(1)),
            NOON));
  }

  @Test
  void allPointsAreAskedForWithoutLabelsOfTheMetric() throws Exception {
    assertEquals(
        parse(
            ListTimeSeriesRequest.class,
            """
            name: "projects/acme"
            filter: 'metric.type = "custom.googleapis.com/prefect/server/healthy"'
                ' AND resource.type = "generic_task"'
                ' AND resource.labels.location = "global"'
                ' AND resource.labels.namespace = "prod"'
                ' AND resource.labels.job = "prefect-gcm"'
                ' AND resource.labels.task_id = "0"'
            interval { start_time { seconds: 1780311600 } end_time { seconds: 1780315200 } }
            view: FULL
            page_size: 10000
            """),
        REQUESTS.all(LEVEL, NOON.minus(Duration.ofHours(1)), NOON));
  }

  @Test
  void labelsAreReadInTheMetricsOrderAndWithoutForeignOnes() throws Exception {
    assertEquals(
        Optional.of(new Series(RUNS, List.of("", "failed"))),
        Requests.series(
            RUNS,
            parse(
                TimeSeries.class,
                """
                metric { labels { key: "state" value: "failed" } labels { key: "x" value: "" } }
                metric_kind: CUMULATIVE
                """)));
    assertEquals(
        Optional.empty(),
        Requests.series(
            RUNS,
            parse(
                TimeSeries.class,
                "metric { labels { key: 'x' value: 'y' } } metric_kind: CUMULATIVE")));
    assertEquals(
        Optional.empty(), Requests.series(RUNS, parse(TimeSeries.class, "metric_kind: GAUGE")));
  }

  @Test
  void aLabelThatWouldBeStoredOtherwiseIsABug() {
    var sample = new Sample(new Series(RATIO, List.of("a\nb")), Point.at(NOON, new DoubleValue(1)));
    assertThrows(IllegalArgumentException.class, () -> REQUESTS.create(List.of(sample)));
  }

  private static CreateTimeSeriesRequest create(String series) throws ParseException {
    return parse(
        CreateTimeSeriesRequest.class,
        "name: 'projects/acme' time_series { " + series.formatted(RESOURCE) + " }");
  }

  private static <T extends com.google.protobuf.Message> T parse(Class<T> type, String text)
      throws ParseException {
    return TextFormat.parse(text, type);
  }
}
