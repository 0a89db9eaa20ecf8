package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.LATE;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.PROJECT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.TIMES;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.gauge;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.spread;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import com.google.api.Distribution.BucketOptions.Explicit;
import com.google.api.Distribution.BucketOptions.Exponential;
import com.google.api.Distribution.BucketOptions.Linear;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.TimeSeries;
import com.google.monitoring.v3.TypedValue;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server refuses, whatever it holds already. */
class EmbeddedCloudMonitoringRulesTest {
  private static final Instant START = NOON.minus(Duration.ofMinutes(5));

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(
          InstantSource.fixed(NOON), MonitoringOptions.DEFAULT.withShape(RefusalShape.YEAR_2019));

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsRefusedWhole(CreateTimeSeriesRequest request, String text) {
    Status status = refusal(request);
    assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode());
    assertEquals(text, status.getDescription());
    assertEquals(Map.of(), cloud.series());
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments(
            named("no project", CreateTimeSeriesRequest.newBuilder().setName("demo").build()),
            "Name must begin with 'projects/[PROJECT_ID]', got: 'demo'."),
        arguments(
            named("no series", CreateTimeSeriesRequest.newBuilder().setName(PROJECT).build()),
            "Field timeSeries had an invalid value: At least one TimeSeries must be specified."),
        arguments(
            named("201 series", request(counters(201))),
            "Field timeSeries had an invalid value: A maximum of 200 TimeSeries can be written in a"
                + " single request."));
  }

  @Test
  void twoHundredSeriesAreTaken() {
    write(counters(200));
    assertEquals(200, cloud.series(COUNT).size());
  }

  @ParameterizedTest
  @MethodSource("series")
  void seriesIsRefused(TimeSeries.Builder broken, String text) {
    Status status = refusal(request(broken));
    assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode());
    assertEquals(
        "One or more TimeSeries could not be written: " + text + ": timeSeries[0]",
        status.getDescription());
    assertEquals(Map.of(), cloud.series());
  }

  static Stream<Arguments> series() {
    String type = "Field timeSeries[0].metric.type had an invalid value of ";
    String labels = "Field timeSeries[0].metric.labels had an invalid value of ";
    return Stream.of(
        broken(
            "a metric type without a domain",
            series -> series.getMetricBuilder().setType("flow_runs"),
            type
                + "\"flow_runs\": The metric type must be a URL-formatted string with a domain and"
                + " non-empty path."),
        broken(
            "a metric type with a colon",
            series -> series.getMetricBuilder().setType("custom.googleapis.com/a:b"),
            type
                + "\"custom.googleapis.com/a:b\": The metric type must be a URL-formatted string"
                + " with a domain and non-empty path."),
        broken(
            "no point",
            TimeSeries.Builder::clearPoints,
            "Field timeSeries[0] had an invalid value: Only one point can be written per TimeSeries"
                + " per request."),
        broken(
            "two points",
            series -> series.addPoints(series.getPoints(0)),
            "Field timeSeries[0] had an invalid value: Only one point can be written per TimeSeries"
                + " per request."),
        broken(
            "a resource that cannot be written to",
            series -> series.getResourceBuilder().setType("cloud_run_job"),
            "Metrics cannot be written to cloud_run_job. See"
                + " https://cloud.google.com/monitoring/custom-metrics/creating-metrics#which-resource"
                + " for a list of writable resource types."),
        broken(
            "missing resource labels",
            series -> series.getResourceBuilder().removeLabels("namespace").removeLabels("task_id"),
            "The set of resource labels is incomplete. Missing labels: (namespace task_id)."),
        broken(
            "a resource label too many",
            series -> series.getResourceBuilder().putLabels("execution", "1"),
            "Field timeSeries[0].resource.labels had an invalid value of \"execution\":"
                + " Unrecognized resource label."),
        broken(
            "a place that is no region",
            series -> series.getResourceBuilder().putLabels("location", "my-basement"),
            "Unrecognized region or location."),
        broken(
            "a label key with a dash",
            series -> series.getMetricBuilder().putLabels("project-id", "x"),
            labels + "\"project-id\": Label key contains invalid characters."),
        broken(
            "a label key of 101 characters",
            series -> series.getMetricBuilder().putLabels("k".repeat(101), "x"),
            labels + "\"%s\": Label key is longer than 100 characters.".formatted("k".repeat(101))),
        broken(
            "a label value of 1025 characters",
            series -> series.getMetricBuilder().putLabels("flow_name", "v".repeat(1025)),
            labels + "\"flow_name\": Label value is longer than 1024 characters."),
        broken(
            "31 labels",
            series ->
                IntStream.range(0, 30)
                    .forEach(i -> series.getMetricBuilder().putLabels("key" + i, "x")),
            "Field labels had an invalid value: When creating metric %s: the metric has more than 30 labels."
                .formatted(COUNT)),
        broken(
            "no value",
            series -> series.getPointsBuilder(0).clearValue(),
            "Errors during metric descriptor creation: {(metric: %s, error: The value type VALUE_TYPE_UNSPECIFIED is not supported for kind CUMULATIVE.)}."
                .formatted(COUNT)),
        broken(
            "a text as value",
            series ->
                series
                    .getPointsBuilder(0)
                    .setValue(TypedValue.newBuilder().setStringValue("COMPLETED")),
            "Errors during metric descriptor creation: {(metric: %s, error: The value type STRING is not supported for kind CUMULATIVE.)}."
                .formatted(COUNT)),
        broken(
            "a cumulative truth",
            series ->
                series.getPointsBuilder(0).setValue(TypedValue.newBuilder().setBoolValue(true)),
            "Errors during metric descriptor creation: {(metric: %s, error: The value type BOOL is not supported for kind CUMULATIVE.)}."
                .formatted(COUNT)),
        broken(
            "kind DELTA",
            series -> series.setMetricKind(MetricKind.DELTA),
            "Errors during metric descriptor creation: {(metric: %s, error: The metric kind DELTA is not supported.)}."
                .formatted(COUNT)),
        broken(
            "a value of another type than the series says",
            series -> series.setValueType(ValueType.DOUBLE),
            "Value type for metric %s must be DOUBLE, but is INT64.".formatted(COUNT)));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void distributionIsRefused(Distribution.Builder broken, String text) {
    assertEquals(
        "One or more TimeSeries could not be written: Field timeSeries[0].points[0].value.distribution_value%s: timeSeries[0]"
            .formatted(text),
        refusal(request(times(START, NOON, broken))).getDescription());
  }

  static Stream<Arguments> distributions() {
    String options = ".bucket_options had an invalid value: ";
    return Stream.of(
        arguments(
            named("count is not the sum of the buckets", spread(1.5, 1L, 2L).setCount(4)),
            ".count had an invalid value of \"4\": The count must be the sum of the bucket counts"
                + " (3)."),
        arguments(
            named("negative count", spread(0).setCount(-1)),
            ".count had an invalid value: The count must not be negative."),
        arguments(
            named("negative bucket", spread(1, 2L, -1L)),
            ".bucket_counts had an invalid value: A count must not be negative."),
        arguments(
            named("more counts than buckets", spread(1, 1L, 1L, 1L, 1L, 1L)),
            ".bucket_counts had an invalid value: There are 5 counts for 4 buckets."),
        arguments(
            named("counts without buckets", spread(1, 1L).clearBucketOptions()),
            ".bucket_counts had an invalid value: There are no bucket options."),
        arguments(
            named("mean NaN", spread(Double.NaN, 1L)),
            ".mean had an invalid value: The mean must be a finite number."),
        arguments(
            named("mean infinite", spread(Double.POSITIVE_INFINITY, 1L)),
            ".mean had an invalid value: The mean must be a finite number."),
        arguments(
            named("deviation NaN", spread(1, 1L).setSumOfSquaredDeviation(Double.NaN)),
            ".sum_of_squared_deviation had an invalid value: The sum of squared deviations must be"
                + " a finite number, not negative."),
        arguments(
            named("a mean of nothing", spread(3, 0L)),
            " had an invalid value: The mean, the deviation and the range must not be set if the"
                + " count is zero."),
        arguments(
            named("a deviation of nothing", spread(0, 0L).setSumOfSquaredDeviation(1)),
            " had an invalid value: The mean, the deviation and the range must not be set if the"
                + " count is zero."),
        arguments(named("no bounds", explicit()), options + "There must be at least one bound."),
        arguments(named("equal bounds", explicit(1, 1)), options + "Bounds must increase."),
        arguments(
            named("infinite bound", explicit(1, Double.POSITIVE_INFINITY)),
            options + "Bounds must be finite."),
        arguments(
            named("growth of 1", exponential(2, 1, 1)),
            options + "The growth must be greater than 1."),
        arguments(
            named("scale of 0", exponential(2, 2, 0)),
            options + "The scale must be greater than 0."),
        arguments(
            named("no finite bucket", exponential(0, 2, 1)),
            options + "There must be a finite bucket."),
        arguments(
            named(
                "width of 0",
                bucketed(
                    BucketOptions.newBuilder()
                        .setLinearBuckets(Linear.newBuilder().setNumFiniteBuckets(1)))),
            options + "The width must be greater than 0."),
        arguments(
            named("empty options", bucketed(BucketOptions.newBuilder())),
            options + "The options must be set."));
  }

  @Test
  void trailingBucketsMayBeLeftOut() {
    write(times(START, NOON, spread(1.5, 1L, 2L)));
    assertEquals(1, cloud.series(TIMES).size());
  }

  @Test
  void distributionOfNothingIsTaken() {
    write(times(START, NOON, spread(0, 0L, 0L, 0L, 0L)));
    assertEquals(1, cloud.series(TIMES).size());
  }

  @ParameterizedTest
  @MethodSource("intervals")
  void intervalIsRefused(TimeSeries.Builder broken, String text) {
    assertEquals(
        "One or more TimeSeries could not be written: Field timeSeries[0].points[0].interval.%s: timeSeries[0]"
            .formatted(text),
        refusal(request(broken)).getDescription());
  }

  static Stream<Arguments> intervals() {
    var endless = gauge(NOON, 1);
    endless.getPointsBuilder(0).clearInterval();
    var startless = counter("etl", START, NOON, 1);
    startless.getPointsBuilder(0).getIntervalBuilder().clearStartTime();
    var wide = gauge(NOON, 1);
    wide.getPointsBuilder(0).setInterval(ValidSeries.interval(START, NOON));
    String empty =
        "start_time had an invalid value of \"2026-11-22T04:00:00-08:00\": The start time must be before the end time (2026-11-22T04:00:00-08:00) for the non-gauge metric '%s'."
            .formatted(COUNT);
    return Stream.of(
        arguments(
            named("no end", endless), "end_time had an invalid value: The end time must be set."),
        arguments(
            named("a gauge that lasts", wide),
            "start_time had an invalid value of \"2026-11-22T03:55:00-08:00\": The start time must be equal to the end time (2026-11-22T04:00:00-08:00) for the gauge metric '%s'."
                .formatted(LATE)),
        arguments(named("a counter without a start", startless), empty),
        arguments(named("a counter that starts at its end", counter("etl", NOON, NOON, 1)), empty),
        arguments(
            named("a millisecond over 25 hours old", gauge(NOON.minus(age(1)), 1)),
            "end_time had an invalid value of \"2026-11-21T02:59:59.999-08:00\": Data points cannot"
                + " be written more than 25h10s in the past."),
        arguments(
            named(
                "a millisecond over 5 minutes ahead",
                gauge(NOON.plusSeconds(300).plusMillis(1), 1)),
            "end_time had an invalid value of \"2026-11-22T04:05:00.001-08:00\": Data points cannot"
                + " be written more than 5m in the future."));
  }

  @Test
  void pointsAreTakenUpToTheLimitsOfTime() {
    write(gauge(NOON.minus(age(0)), 1));
    write(gauge(NOON.plusSeconds(300), 1));
    write(counter("etl", NOON.minus(Duration.ofDays(400)), NOON, 1));
    assertEquals(2, cloud.series().size());
  }

  @Test
  void gaugeNeedsNoStart() {
    var gauge = gauge(NOON, 1);
    gauge.getPointsBuilder(0).getIntervalBuilder().clearStartTime();
    write(gauge);
    StoredPoint point = cloud.series(LATE).values().iterator().next().getFirst();
    assertEquals(NOON, point.start());
  }

  @Test
  void repeatedSeriesFailsAlone() {
    Status status =
        refusal(
            request(
                counter("a", START, NOON, 1),
                counter("b", START, NOON, 1),
                counter("a", START, NOON.plusSeconds(60), 2)));
    assertEquals(
        "One or more TimeSeries could not be written: Field timeSeries[2] had an invalid value:"
            + " Duplicate TimeSeries encountered. Only one point can be written per TimeSeries per"
            + " request.: timeSeries[2]",
        status.getDescription());
    assertEquals(2, cloud.series().size());
  }

  private void write(TimeSeries.Builder... series) {
    var _ = cloud.stub().createTimeSeries(request(series));
  }

  private Status refusal(CreateTimeSeriesRequest request) {
    var stub = cloud.stub();
    return assertThrows(StatusRuntimeException.class, () -> stub.createTimeSeries(request))
        .getStatus();
  }

  private static Duration age(long beyondMillis) {
    return Duration.ofHours(25).plusMillis(beyondMillis);
  }

  private static TimeSeries.Builder[] counters(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> counter("flow" + i, START, NOON, 1))
        .toArray(TimeSeries.Builder[]::new);
  }

  private static Arguments broken(String name, Consumer<TimeSeries.Builder> change, String text) {
    var series = counter("etl", START, NOON, 1);
    change.accept(series);
    return arguments(named(name, series), text);
  }

  private static Distribution.Builder explicit(double... bounds) {
    return bucketed(
        BucketOptions.newBuilder()
            .setExplicitBuckets(
                Explicit.newBuilder().addAllBounds(Arrays.stream(bounds).boxed().toList())));
  }

  private static Distribution.Builder exponential(int finite, double growth, double scale) {
    return bucketed(
        BucketOptions.newBuilder()
            .setExponentialBuckets(
                Exponential.newBuilder()
                    .setNumFiniteBuckets(finite)
                    .setGrowthFactor(growth)
                    .setScale(scale)));
  }

  private static Distribution.Builder bucketed(BucketOptions.Builder options) {
    return spread(0, 0L).clearBucketCounts().setBucketOptions(options);
  }
}
