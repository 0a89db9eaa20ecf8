package io.github.prefectgcm.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.Distribution;
import com.google.api.Distribution.BucketOptions;
import com.google.api.Distribution.BucketOptions.Exponential;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.dashboard.v1.Aggregation;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import com.google.monitoring.dashboard.v1.Aggregation.Reducer;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter.Direction;
import com.google.monitoring.dashboard.v1.PickTimeSeriesFilter.Method;
import com.google.monitoring.dashboard.v1.TimeSeriesFilter;
import com.google.monitoring.dashboard.v1.TimeSeriesFilterRatio;
import com.google.monitoring.dashboard.v1.TimeSeriesFilterRatio.RatioPart;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import com.google.monitoring.v3.TypedValue;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An hour in periods of ten minutes. */
class EvaluatorTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant END = START.plus(Duration.ofHours(1));
  private static final String COUNT = "custom.googleapis.com/prefect/flow_run/finished_count";
  private static final String LEVEL = "custom.googleapis.com/prefect/flow_run/late_count";
  private static final String TIMES = "custom.googleapis.com/prefect/flow_run/execution_times";

  private final Map<StoredSeries, List<StoredPoint>> stored = new LinkedHashMap<>();

  @Test
  void aRunningTotalGainsWhatItRises() {
    series(COUNT, Map.of(), total(0, 10, 2), total(0, 20, 2), total(0, 30, 7));
    assertEquals("10=2 20=0 30=5", only(query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM)));
  }

  @Test
  void anotherStartGainsItsWholeValue() {
    series(COUNT, Map.of(), total(0, 10, 5), total(10, 20, 7));
    assertEquals("10=5 20=7", only(query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM)));
  }

  @Test
  void aGainThatReachesIntoTwoPeriodsIsDivided() {
    series(COUNT, Map.of(), total(0, 15, 6), total(0, 25, 10));
    assertEquals("10=4 20=4 30=2", only(query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM)));
  }

  @Test
  void whatWasGainedBeforeIsNotSeen() {
    series(COUNT, Map.of(), total(-30, -10, 100), total(-30, 10, 120));
    assertEquals("10=10", only(query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM)));
  }

  @Test
  void anEndBelongsToThePeriodThatItEnds() {
    series(LEVEL, Map.of(), level(10, 1), level(11, 2), level(20, 3), level(70, 9));
    assertEquals("10=1 20=3", only(query(LEVEL, Aligner.ALIGN_NEXT_OLDER, Reducer.REDUCE_SUM)));
  }

  @Test
  void alignersOfGaugesTakeOneOfTheirPoints() {
    series(LEVEL, Map.of(), level(1, 5), level(5, 9), level(9, 7));
    assertEquals("10=7", only(query(LEVEL, Aligner.ALIGN_NEXT_OLDER, Reducer.REDUCE_SUM)));
    assertEquals("10=9", only(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_SUM)));
    assertEquals("10=5", only(query(LEVEL, Aligner.ALIGN_MIN, Reducer.REDUCE_SUM)));
  }

  @Test
  void seriesAreReducedByTheirLabels() {
    series(LEVEL, Map.of("work_pool_name", "a"), level(5, 1));
    series(LEVEL, Map.of("work_pool_name", "b"), level(5, 4), level(15, 2));
    assertEquals("10=5 20=2", only(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_SUM)));
    assertEquals("10=4 20=2", only(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_MAX)));
    assertEquals("10=1 20=2", only(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_MIN)));
    assertEquals(
        List.of("10=1", "10=4 20=2"),
        answer(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_SUM, "metric.label.work_pool_name")));
  }

  @Test
  void onlySeriesThatMeetTheFilterCount() {
    series(COUNT, Map.of("state", "failed"), total(0, 10, 1));
    series(COUNT, Map.of("state", "crashed"), total(0, 10, 10));
    series(COUNT, Map.of("state", "completed"), total(0, 10, 100));
    var query = query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM).toBuilder();
    var form = query.getTimeSeriesFilterBuilder();
    form.setFilter(form.getFilter() + " AND metric.label.state = one_of(\"failed\", \"crashed\")");
    assertEquals("10=11", only(query.build()));
  }

  @Test
  void theWholeTimeIsOnePeriodIfAskedFor() {
    series(COUNT, Map.of(), total(0, 10, 2), total(0, 50, 9));
    var query = query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM).toBuilder();
    assertEquals("60=9", only(query.setOutputFullDuration(true).build()));
  }

  @Test
  void theHighestByTheirNewestValueAreTaken() {
    series(LEVEL, Map.of("work_pool_name", "was high"), level(5, 9), level(15, 1));
    series(LEVEL, Map.of("work_pool_name", "is high"), level(15, 3));
    series(LEVEL, Map.of("work_pool_name", "is second"), level(15, 2));
    var query =
        query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_SUM, "metric.label.work_pool_name")
            .toBuilder();
    query
        .getTimeSeriesFilterBuilder()
        .setPickTimeSeriesFilter(
            PickTimeSeriesFilter.newBuilder()
                .setRankingMethod(Method.METHOD_LATEST)
                .setDirection(Direction.TOP)
                .setNumTimeSeries(2));
    assertEquals(List.of("20=3", "20=2"), answer(query.build()));
  }

  @Test
  void aRatioIsThereWhereItCanBeDivided() {
    series(COUNT, Map.of("state", "failed"), total(0, 10, 1), total(0, 20, 1), total(0, 30, 2));
    series(COUNT, Map.of("state", "completed"), total(0, 10, 3), total(0, 20, 3), total(0, 30, 3));
    var whole = query(COUNT, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM).getTimeSeriesFilter();
    var ratio =
        TimeSeriesFilterRatio.newBuilder()
            .setNumerator(
                RatioPart.newBuilder()
                    .setFilter(whole.getFilter() + " AND metric.label.state = \"failed\"")
                    .setAggregation(whole.getAggregation()))
            .setDenominator(
                RatioPart.newBuilder()
                    .setFilter(whole.getFilter())
                    .setAggregation(whole.getAggregation()));
    assertEquals(
        "10=0.25 30=1", only(TimeSeriesQuery.newBuilder().setTimeSeriesFilterRatio(ratio).build()));
  }

  @Test
  void percentilesLieWithinTheirBucket() {
    // Bounds 1, 2, 4, 8: of ten values, five in 2 to 4, five in 4 to 8.
    series(TIMES, Map.of(), spread(0, 10, 0, 0, 5, 5, 0));
    assertEquals("10=4", only(query(TIMES, Aligner.ALIGN_DELTA, Reducer.REDUCE_PERCENTILE_50)));
    assertEquals("10=7.6", only(query(TIMES, Aligner.ALIGN_DELTA, Reducer.REDUCE_PERCENTILE_95)));
  }

  @Test
  void distributionsAreAddedBucketByBucket() {
    series(TIMES, Map.of("state", "failed"), spread(0, 10, 1, 0, 2, 0, 0));
    series(TIMES, Map.of("state", "completed"), spread(0, 10, 0, 0, 3, 4, 0));
    var line = evaluate(query(TIMES, Aligner.ALIGN_DELTA, Reducer.REDUCE_SUM)).getFirst();
    var sum = (Amount.Histogram) line.values().firstEntry().getValue();
    assertEquals(List.of(1.0, 0.0, 5.0, 4.0, 0.0), sum.counts());
  }

  @Test
  void whatNoDashboardUsesIsRefused() {
    series(LEVEL, Map.of(), level(5, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> answer(query(LEVEL, Aligner.ALIGN_STDDEV, Reducer.REDUCE_SUM)));
    assertThrows(
        IllegalArgumentException.class,
        () -> answer(query(LEVEL, Aligner.ALIGN_MAX, Reducer.REDUCE_STDDEV)));
    assertThrows(
        IllegalArgumentException.class,
        () -> answer(TimeSeriesQuery.newBuilder().setPrometheusQuery("up").build()));
  }

  private void series(String type, Map<String, String> labels, StoredPoint... points) {
    boolean counter = !points[0].start().equals(points[0].end());
    stored.put(
        new StoredSeries(
            "demo",
            type,
            new TreeMap<>(labels),
            "generic_task",
            new TreeMap<>(Map.of("namespace", "w")),
            counter ? MetricKind.CUMULATIVE : MetricKind.GAUGE,
            ValueType.INT64),
        List.of(points));
  }

  /** A counter's point; its start is written a millisecond late, as the job does. */
  private static StoredPoint total(int from, int to, long value) {
    return point(from, to, TypedValue.newBuilder().setInt64Value(value).build());
  }

  private static StoredPoint level(int at, long value) {
    return new StoredPoint(
        minute(at), minute(at), minute(at), TypedValue.newBuilder().setInt64Value(value).build());
  }

  private static StoredPoint spread(int from, int to, long... counts) {
    var distribution =
        Distribution.newBuilder()
            .setBucketOptions(
                BucketOptions.newBuilder()
                    .setExponentialBuckets(
                        Exponential.newBuilder()
                            .setScale(1)
                            .setGrowthFactor(2)
                            .setNumFiniteBuckets(counts.length - 2)));
    for (long count : counts) {
      distribution.addBucketCounts(count);
    }
    return point(from, to, TypedValue.newBuilder().setDistributionValue(distribution).build());
  }

  private static StoredPoint point(int from, int to, TypedValue value) {
    return new StoredPoint(minute(from).plusMillis(1), minute(to), minute(to), value);
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static TimeSeriesQuery query(
      String type, Aligner aligner, Reducer reducer, String... by) {
    return TimeSeriesQuery.newBuilder()
        .setTimeSeriesFilter(
            TimeSeriesFilter.newBuilder()
                .setFilter(
                    "metric.type = \"%s\" AND resource.type = \"generic_task\"".formatted(type))
                .setAggregation(
                    Aggregation.newBuilder()
                        .setAlignmentPeriod(
                            com.google.protobuf.Duration.newBuilder().setSeconds(600))
                        .setPerSeriesAligner(aligner)
                        .setCrossSeriesReducer(reducer)
                        .addAllGroupByFields(List.of(by))))
        .build();
  }

  private List<Line> evaluate(TimeSeriesQuery query) {
    return new Evaluator(stored, START, END).answer(query);
  }

  /** The only series of an answer: minutes and values. */
  private String only(TimeSeriesQuery query) {
    List<String> answer = answer(query);
    assertEquals(1, answer.size());
    return answer.getFirst();
  }

  private List<String> answer(TimeSeriesQuery query) {
    var answer = new ArrayList<String>();
    for (Line line : evaluate(query)) {
      var words = new ArrayList<String>();
      line.values()
          .forEach((time, amount) ->
              words.add(
                  Duration.between(START, time).toMinutes()
                      + "="
                      + String.valueOf(amount.number()).replaceFirst("\\.0$", "")));
      answer.add(String.join(" ", words));
    }
    return answer;
  }
}
