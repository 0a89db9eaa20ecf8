package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.LATE;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.PROJECT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.gauge;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.interval;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.Metric;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest.TimeSeriesView;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeSeries;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers get. */
class EmbeddedCloudMonitoringListTest {
  private static final Instant START = NOON.minus(Duration.ofHours(1));

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(InstantSource.fixed(NOON));

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void answerIsTheWholeSeriesNewestFirst() {
    write(counter("etl", START, at(5), 1).setUnit("{runs}"));
    write(counter("etl", START, at(10), 4));
    var written = counter("etl", START, at(10), 4);
    assertEquals(
        ListTimeSeriesResponse.newBuilder()
            .setUnit("{runs}")
            .addTimeSeries(
                TimeSeries.newBuilder()
                    .setMetric(written.getMetric())
                    .setResource(written.getResource().toBuilder().putLabels("project_id", "demo"))
                    .setMetricKind(MetricKind.CUMULATIVE)
                    .setValueType(ValueType.INT64)
                    .setUnit("{runs}")
                    .addPoints(written.getPoints(0))
                    .addPoints(counter("etl", START, at(5), 1).getPoints(0)))
            .build(),
        list(query(COUNT)));
  }

  @Test
  void intervalIsOpenAtItsStart() {
    write(gauge(at(5), 1));
    write(gauge(at(10), 2));
    write(gauge(at(15), 3));
    assertEquals(List.of(2L), values(list(query(LATE).setInterval(interval(at(5), at(10))))));
    assertEquals(
        List.of(2L, 1L),
        values(list(query(LATE).setInterval(interval(at(5).minusMillis(1), at(10))))));
  }

  @Test
  void seriesWithoutPointsInTheIntervalAreLeftOut() {
    write(counter("early", START, at(5), 1), counter("late", START, at(10), 2));
    assertEquals(List.of(2L), values(list(query(COUNT).setInterval(interval(at(5), at(10))))));
  }

  @Test
  void pageSizeCountsPoints() {
    write(counter("a", START, at(5), 1), counter("b", START, at(5), 10));
    write(counter("a", START, at(10), 2), counter("b", START, at(10), 20));
    var pages = new ArrayList<List<Long>>();
    String token = "";
    do {
      ListTimeSeriesResponse page = list(query(COUNT).setPageSize(3).setPageToken(token));
      pages.add(values(page));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(List.of(List.of(2L, 1L, 20L), List.of(10L)), pages);
  }

  @Test
  void pageOfOneHoldsTheNewestPoint() {
    write(gauge(at(5), 1));
    write(gauge(at(10), 2));
    assertEquals(List.of(2L), values(list(query(LATE).setPageSize(1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metric.labels.flow_name = "a"                                                | 1
          metric.label.flow_name="a"                                                   | 1
          metric.labels.flow_name = "none"                                             | 0
          resource.type = "generic_task"                                               | 2
          resource.type = "global"                                                     | 0
          resource.labels.job = "prefect-gcm" AND resource.labels.namespace = "default"| 2
          resource.labels.project_id = "demo" AND metric.labels.flow_name = "b"        | 1
          resource.labels.location = "europe-west1"                                    | 0
          """)
  void filterChoosesSeries(String filter, int expected) {
    write(counter("a", START, at(5), 1), counter("b", START, at(5), 1));
    assertEquals(
        expected,
        list(query(COUNT).setFilter("metric.type = \"%s\" AND %s".formatted(COUNT, filter)))
            .getTimeSeriesCount());
  }

  @Test
  void filterValuesCanHoldQuotes() {
    write(counter("say \"hi\" AND \\go", START, at(5), 1));
    assertEquals(
        1,
        list(query(COUNT)
                .setFilter(
                    "metric.type = \"%s\" AND metric.labels.flow_name = \"say \\\"hi\\\" AND \\\\go\""
                        .formatted(COUNT)))
            .getTimeSeriesCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "resource.type = \"generic_task\"",
        "metric.type = \"a\" OR metric.type = \"b\"",
        "metric.type = a",
        "project = \"demo\""
      })
  void otherFiltersAreRefused(String filter) {
    assertError(
        "INVALID_ARGUMENT: Field filter had an invalid value of \"%s\": The filter must specify one metric type, and be made of equalities joined by AND."
            .formatted(filter),
        query(COUNT).setFilter(filter));
  }

  @ParameterizedTest
  @CsvSource({"metric.labels.pool", "resource.labels.zone"})
  void filterOnALabelThatDoesNotExistIsRefused(String label) {
    write(counter("a", START, at(5), 1));
    assertError(
        "INVALID_ARGUMENT: The supplied filter does not specify a valid combination of metric and"
            + " monitored resource descriptors. The query will not return any time series.",
        query(COUNT)
            .setFilter(
                "metric.type = \"%s\" AND resource.type = \"generic_task\" AND %s = \"x\""
                    .formatted(COUNT, label)));
  }

  @Test
  void unknownMetricIsNotFound() {
    assertError(
        "NOT_FOUND: Cannot find metric(s) that match type = \"%s\". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon."
            .formatted(COUNT),
        query(COUNT));
  }

  @Test
  void unknownMetricCanBeEmptyInstead() {
    cloud.configure(options -> options.withEmptyForUnknownMetric(true));
    assertEquals(ListTimeSeriesResponse.getDefaultInstance(), list(query(COUNT)));
  }

  @Test
  void projectsAreApart() {
    write(gauge(at(5), 1));
    assertError(
        "NOT_FOUND: Cannot find metric(s) that match type = \"%s\". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon."
            .formatted(LATE),
        query(LATE).setName("projects/other"));
  }

  @Test
  void orderIsNotForTheReaderToChoose() {
    assertError(
        "INVALID_ARGUMENT: Field orderBy had an invalid value: Ordering is not supported; it must"
            + " be empty.",
        query(COUNT).setOrderBy("end_time desc"));
  }

  @Test
  void intervalNeedsBothEnds() {
    String text =
        "INVALID_ARGUMENT: Field interval had an invalid value: Both times must be set, and the"
            + " start be before the end.";
    assertError(text, query(COUNT).setInterval(interval(NOON, NOON)));
    assertError(text, query(COUNT).setInterval(interval(START, NOON).toBuilder().clearStartTime()));
    assertError(text, query(COUNT).clearInterval());
  }

  @Test
  void strangePageTokenIsRefused() {
    write(counter("a", START, at(5), 1));
    assertError(
        "INVALID_ARGUMENT: Field pageToken had an invalid value: The page token is not one of"
            + " ours.",
        query(COUNT).setPageToken("x"));
  }

  @Test
  void otherViewsAreNotBuilt() {
    assertError(
        "UNIMPLEMENTED: The embedded server lists raw points, view FULL, only.",
        query(COUNT).setView(TimeSeriesView.HEADERS));
  }

  @Test
  void executionErrorsComeWithAPartOfTheSeries() {
    write(counter("a", START, at(5), 1), counter("b", START, at(5), 2));
    cloud.configure(options -> options.withExecutionErrors(true));
    ListTimeSeriesResponse answer = list(query(COUNT));
    assertEquals(List.of(2L), values(answer));
    assertEquals("Some time series could not be read.", answer.getExecutionErrors(0).getMessage());
  }

  @Test
  void emptyLabelsCanBeLeftOut() {
    write(counter("", START, at(5), 1));
    cloud.configure(options -> options.withEmptyLabelsLeftOut(true));
    TimeSeries series = list(query(COUNT)).getTimeSeries(0);
    assertEquals(Metric.newBuilder().setType(COUNT).build(), series.getMetric());
  }

  @Test
  void pointsCanBeSeenOnlyAfterTheReadDelay() {
    cloud.configure(options -> options.withReadDelay(Duration.ofSeconds(30)));
    write(gauge(at(5), 1));
    cloud.setNow(NOON.plusSeconds(29));
    write(gauge(at(10), 2));
    assertEquals(List.of(), values(list(query(LATE))));
    cloud.setNow(NOON.plusSeconds(30));
    assertEquals(List.of(1L), values(list(query(LATE))));
    cloud.setNow(NOON.plusSeconds(59));
    assertEquals(List.of(2L, 1L), values(list(query(LATE))));
  }

  @Test
  void firstPointOfASeriesHidesTheOthersForLonger() {
    cloud.configure(options -> options.withFirstPointDelay(Duration.ofMinutes(3)));
    write(gauge(at(5), 1));
    cloud.setNow(NOON.plusSeconds(170));
    write(gauge(at(10), 2));
    assertEquals(List.of(), values(list(query(LATE))));
    cloud.setNow(NOON.plusSeconds(180));
    assertEquals(List.of(2L, 1L), values(list(query(LATE))));
  }

  @Test
  void hiddenPointsStillCountForTheOrder() {
    cloud.configure(options -> options.withReadDelay(Duration.ofHours(1)));
    write(gauge(at(5), 1));
    assertThrows(StatusRuntimeException.class, () -> write(gauge(at(5), 1)));
  }

  private void write(TimeSeries.Builder... series) {
    var _ = cloud.stub().createTimeSeries(request(series));
  }

  private static ListTimeSeriesRequest.Builder query(String metricType) {
    return ListTimeSeriesRequest.newBuilder()
        .setName(PROJECT)
        .setFilter(
            "metric.type = \"%s\" AND resource.type = \"generic_task\" AND resource.labels.job = \"prefect-gcm\""
                .formatted(metricType))
        .setInterval(interval(START.minus(Duration.ofDays(40)), NOON));
  }

  private ListTimeSeriesResponse list(ListTimeSeriesRequest.Builder query) {
    return cloud.stub().listTimeSeries(query.build());
  }

  private void assertError(String message, ListTimeSeriesRequest.Builder query) {
    var error = assertThrows(StatusRuntimeException.class, () -> list(query));
    assertEquals(message, error.getMessage());
  }

  private static List<Long> values(ListTimeSeriesResponse answer) {
    return answer.getTimeSeriesList().stream()
        .flatMap(series -> series.getPointsList().stream())
        .map(Point::getValue)
        .map(value -> value.getInt64Value())
        .toList();
  }

  private static Instant at(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }
}
