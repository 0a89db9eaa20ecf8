package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Fixtures.MINUTE;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.NOON;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RUNS;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.TARGET;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.point;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.runs;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.sample;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.samples;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_TIME_SERIES;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_TIME_SERIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.monitoring.RefusalShape;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.ledger.Refusal.Reason;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.metric.ValueType;
import io.github.prefectgcm.time.Time;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudMonitoringStoreTest {
  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(InstantSource.fixed(NOON.plus(Duration.ofHours(1))));
  private final CloudMonitoringStore store =
      CloudMonitoringStore.over(cloud.inProcessChannel(), TARGET, Time.real(), MINUTE);

  @AfterEach
  void close() {
    store.close();
    cloud.close();
  }

  @Test
  void writesInBatchesOfTwoHundred() throws Exception {
    assertEquals(List.of(), store.write(samples(450, 0, 7)));
    assertEquals(
        List.of(200, 200, 50),
        cloud.log().entries().stream().map(entry -> entry.series()).toList());
    assertEquals(450, cloud.series().size());
    assertEquals(List.of(), cloud.violations());
  }

  @Test
  void writesNothingWithoutACall() throws Exception {
    assertEquals(List.of(), store.write(List.of()));
    assertEquals(0, cloud.log().count(CREATE_TIME_SERIES));
  }

  @Test
  void writesASeriesOnceOnly() {
    List<Sample> twice = List.of(sample("a", 0, 1), sample("a", 5, 2));
    assertThrows(IllegalArgumentException.class, () -> store.write(twice));
  }

  @ParameterizedTest
  @EnumSource(RefusalShape.class)
  void tellsTheRefusedFromTheirNeighbours(RefusalShape shape) throws Exception {
    cloud.configure(options -> options.withShape(shape));
    store.write(samples(5, 0, 1));
    cloud.poison(
        series -> series.getMetric().getLabelsOrThrow("flow_name").equals("flow-6"),
        "Unrecognized region or location.");

    List<Refusal> refusals = store.write(samples(8, 0, 1));

    assertEquals(
        List.of(
            "flow-0 NOT_NEWER",
            "flow-1 NOT_NEWER",
            "flow-2 NOT_NEWER",
            "flow-3 NOT_NEWER",
            "flow-4 NOT_NEWER",
            "flow-6 INVALID"),
        told(refusals));
    assertEquals("Unrecognized region or location.", refusals.getLast().text());
    assertEquals(2, cloud.log().count(CREATE_TIME_SERIES), "nothing was sent again");
    assertEquals(7, cloud.series().size());
  }

  @ParameterizedTest
  @CsvSource({"YEAR_2019, 200", "YEAR_2023, 700", "YEAR_2025, 500", "YEAR_2026, 640"})
  void sendsAgainWhatACutTextDoesNotTell(RefusalShape shape, int limit) throws Exception {
    cloud.configure(options -> options.withShape(shape).withTextLimit(limit));
    store.write(samples(3, 0, 1));
    cloud.poison(
        series -> series.getMetric().getLabelsOrThrow("flow_name").equals("flow-6"),
        "Unrecognized region or location.");

    List<String> refused = told(store.write(samples(8, 0, 1)));

    assertTrue(
        refused.containsAll(
            List.of("flow-0 NOT_NEWER", "flow-1 NOT_NEWER", "flow-2 NOT_NEWER", "flow-6 INVALID")),
        refused::toString);
    // What the first try wrote refuses a second one as not newer: the caller reads it.
    assertEquals(1, refused.stream().filter(text -> !text.endsWith("NOT_NEWER")).count());
    assertEquals(7, cloud.series().size());
  }

  @Test
  void aReasonThatIsCutOffMayBeThatItIsNotNewer() throws Exception {
    cloud.configure(options -> options.withTextLimit(120));
    store.write(samples(1, 0, 1));
    assertEquals(List.of("flow-0 NOT_NEWER"), told(store.write(samples(1, 0, 1))));
  }

  @Test
  void aLabelThatLooksLikeAnIndexConfusesNothing() throws Exception {
    cloud.configure(options -> options.withShape(RefusalShape.YEAR_2023));
    store.write(List.of(sample("x; timeSeries[1]", 0, 1)));

    List<Refusal> refusals =
        store.write(List.of(sample("x; timeSeries[1]", 0, 1), sample("new", 0, 1)));

    assertTrue(refusals.stream().allMatch(refusal -> refusal.reason() == Reason.NOT_NEWER));
    assertEquals(sample("x; timeSeries[1]", 0, 1), refusals.getFirst().sample());
    assertEquals(2, cloud.series().size());
  }

  @Test
  void aForeignDescriptorIsNamedAsTheReason() throws Exception {
    var gauge = Fixtures.metric(RUNS.name(), Kind.GAUGE, ValueType.INT64, "flow_name", "state");
    store.write(
        List.of(
            new Sample(new Series(gauge, List.of("a", "")), Point.at(NOON, new Int64Value(1)))));
    assertEquals(
        List.of("a DESCRIPTOR", "b DESCRIPTOR"),
        told(store.write(List.of(sample("a", 5, 1), sample("b", 5, 1)))));
    assertEquals(Map.of(), store.newest(RUNS, NOON.minusSeconds(60), NOON));
  }

  @Test
  void aLostAnswerEndsAsNotNewer() throws Exception {
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.after(Status.UNAVAILABLE));
    assertEquals(
        List.of("flow-0 NOT_NEWER", "flow-1 NOT_NEWER"), told(store.write(samples(2, 0, 1))));
    assertEquals(2, cloud.series().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "ABORTED", "RESOURCE_EXHAUSTED"})
  void triesFiveTimes(Status.Code code) {
    cloud.always(CREATE_TIME_SERIES, MonitoringFault.retryAfter(code, Duration.ofMillis(1)));
    StoreException thrown = passing(() -> store.write(samples(2, 0, 1)));
    assertTrue(String.valueOf(thrown.getMessage()).contains(code.name()), thrown::getMessage);
    assertEquals(5, cloud.log().count(CREATE_TIME_SERIES));
  }

  @Test
  void getsOverAShortOutageWithItsOwnPauses() throws Exception {
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.unavailable());
    cloud.fault(CREATE_TIME_SERIES, 2, MonitoringFault.quota());
    assertEquals(List.of(), store.write(samples(2, 0, 1)));
  }

  @Test
  void aSetUpErrorIsNotTriedAgain() {
    cloud.always(CREATE_TIME_SERIES, MonitoringFault.denied(CREATE_TIME_SERIES));
    StoreException thrown =
        assertThrows(StoreException.class, () -> store.write(samples(250, 0, 1)));
    assertTrue(thrown.isLasting());
    assertEquals(1, cloud.log().count(CREATE_TIME_SERIES));
  }

  @Test
  void readsTheNewestPointOfASeries() throws Exception {
    store.write(List.of(sample("a", 0, 1), sample("b", 0, 5)));
    store.write(List.of(sample("a", 5, 2)));
    assertEquals(Optional.of(point(5, 2)), store.newest(runs("a"), NOON, NOON.plusSeconds(300)));
    assertEquals(Optional.of(point(0, 1)), store.newest(runs("a"), NOON.minusMillis(1), NOON));
    assertEquals(Optional.empty(), store.newest(runs("b"), NOON, NOON.plusSeconds(300)));
    assertEquals(Optional.empty(), store.newest(runs("b"), NOON, NOON));
  }

  @Test
  void readsTheNewestPointOfEverySeries() throws Exception {
    cloud.configure(options -> options.withEmptyLabelsLeftOut(true));
    var plain = new Series(RUNS, List.of("", "failed"));
    store.write(List.of(sample("a", 0, 1), sample("b", 0, 5), new Sample(plain, point(0, 9))));
    store.write(List.of(sample("a", 5, 2)));
    assertEquals(
        Map.of(runs("a"), point(5, 2), runs("b"), point(0, 5), plain, point(0, 9)),
        store.newest(RUNS, NOON.minusMillis(1), NOON.plusSeconds(300)));
    assertEquals(Map.of(), store.newest(RUNS, NOON, NOON));
  }

  @Test
  void readsEveryPage() throws Exception {
    List<Sample> many = samples(2_100, 0, 1);
    for (int minute = 0; minute < 5; minute++) {
      int at = minute;
      store.write(many.stream().map(s -> new Sample(s.series(), point(at, at + 1))).toList());
    }
    Map<Series, Point> newest = store.newest(RUNS, NOON.minusSeconds(1), NOON.plusSeconds(300));
    assertEquals(2, cloud.log().count(LIST_TIME_SERIES));
    assertEquals(2_100, newest.size());
    assertTrue(newest.values().stream().allMatch(point(4, 5)::equals));
  }

  @Test
  void aMetricNobodyHeardOfHoldsNothing() throws Exception {
    assertEquals(Optional.empty(), store.newest(runs("a"), NOON, NOON.plusSeconds(1)));
    assertEquals(Map.of(), store.newest(RUNS, NOON, NOON.plusSeconds(1)));
    cloud.configure(options -> options.withEmptyForUnknownMetric(true));
    assertEquals(Map.of(), store.newest(RUNS, NOON, NOON.plusSeconds(1)));
  }

  @Test
  void aMetricWithoutSuchALabelHoldsNothing() throws Exception {
    var earlier = Fixtures.metric(RUNS.name(), Kind.CUMULATIVE, ValueType.INT64, "flow_name");
    store.write(List.of(new Sample(new Series(earlier, List.of("a")), point(0, 1))));
    assertEquals(
        Optional.empty(), store.newest(runs("a"), NOON.minusSeconds(1), NOON.plusSeconds(1)));
  }

  @Test
  void aProjectNobodyHeardOfIsALastingError() {
    cloud.always(LIST_TIME_SERIES, MonitoringFault.noProject());
    StoreException thrown =
        assertThrows(StoreException.class, () -> store.newest(RUNS, NOON, NOON.plusSeconds(1)));
    assertTrue(thrown.isLasting());
    assertEquals(
        "Cloud Monitoring does not know project acme: check GOOGLE_CLOUD_PROJECT (NOT_FOUND: The"
            + " specified project could not be found.)",
        thrown.getMessage());
  }

  @Test
  void anIncompleteReadIsNoRead() throws Exception {
    store.write(samples(2, 0, 1));
    cloud.configure(options -> options.withExecutionErrors(true));
    StoreException thrown =
        passing(() -> store.newest(RUNS, NOON.minusSeconds(1), NOON.plusSeconds(1)));
    assertEquals(
        "reads of Cloud Monitoring are incomplete: Some time series could not be read.",
        thrown.getMessage());
  }

  @Test
  void aDeniedReadIsNoEmptyLedger() {
    cloud.always(LIST_TIME_SERIES, MonitoringFault.denied(LIST_TIME_SERIES));
    StoreException thrown =
        assertThrows(
            StoreException.class, () -> store.newest(runs("a"), NOON, NOON.plusSeconds(1)));
    assertTrue(thrown.isLasting());
  }

  @Test
  void theDeadlineEndsACall() {
    cloud.always(CREATE_TIME_SERIES, MonitoringFault.silence());
    try (var hurried =
        CloudMonitoringStore.over(
            cloud.inProcessChannel(), TARGET, Time.real(), () -> Duration.ofMillis(100))) {
      passing(() -> hurried.write(samples(1, 0, 1)));
    }
    try (var late =
        CloudMonitoringStore.over(
            cloud.inProcessChannel(), TARGET, Time.real(), () -> Duration.ZERO)) {
      assertEquals(
          "DEADLINE left no time for Cloud Monitoring",
          passing(() -> late.write(samples(1, 0, 1))).getMessage());
    }
  }

  @Test
  void anInterruptEndsACall() throws Exception {
    assertEnds(Thread::interrupt, MonitoringFault.silence());
  }

  @Test
  void closingEndsACall() throws Exception {
    assertEnds(thread -> store.close(), MonitoringFault.silence());
  }

  @Test
  void closingEndsAPause() throws Exception {
    assertEnds(
        thread -> store.close(),
        MonitoringFault.retryAfter(Status.Code.ABORTED, Duration.ofSeconds(30)));
  }

  private void assertEnds(Consumer<Thread> end, MonitoringFault fault) throws Exception {
    cloud.always(CREATE_TIME_SERIES, fault);
    var thrown = new ArrayList<StoreException>();
    Thread writer =
        Thread.ofPlatform().start(() -> thrown.add(passing(() -> store.write(samples(1, 0, 1)))));
    while (cloud.log().count(CREATE_TIME_SERIES) == 0) {
      Thread.onSpinWait();
    }
    end.accept(writer);
    assertTrue(writer.join(Duration.ofMinutes(5)));
    assertEquals(1, thrown.size());
  }

  private static StoreException passing(Executable call) {
    StoreException thrown = assertThrows(StoreException.class, call);
    assertFalse(thrown.isLasting(), thrown::getMessage);
    return thrown;
  }

  private static List<String> told(List<Refusal> refusals) {
    return refusals.stream()
        .map(refusal -> refusal.sample().series().labels().getFirst() + " " + refusal.reason())
        .toList();
  }
}
