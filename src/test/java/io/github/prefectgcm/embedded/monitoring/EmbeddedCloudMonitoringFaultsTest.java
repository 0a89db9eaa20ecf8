package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_TIME_SERIES;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_TIME_SERIES;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.PROJECT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.interval;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceBlockingStub;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripted faults, over both transports. */
class EmbeddedCloudMonitoringFaultsTest {
  private static final Instant START = NOON.minus(Duration.ofMinutes(5));
  private static final Status GONE = Status.UNAVAILABLE.withDescription("gone");

  enum Transport {
    SOCKET,
    IN_PROCESS
  }

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(InstantSource.fixed(NOON));

  @AfterEach
  void close() {
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource
  void withoutFaultsWhatIsWrittenCanBeRead(Transport transport) {
    var stub = stub(transport);
    write(stub, "a");
    assertEquals(
        counter("a", START, NOON, 1).getPointsList(), list(stub).getTimeSeries(0).getPointsList());
  }

  @Test
  void bothTransportsShowTheSameSeries() {
    write(stub(Transport.SOCKET), "a");
    assertEquals(1, list(stub(Transport.IN_PROCESS)).getTimeSeriesCount());
  }

  @ParameterizedTest
  @EnumSource
  void errorBeforeLeavesNothing(Transport transport) {
    var stub = stub(transport);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.before(GONE));
    assertEquals("UNAVAILABLE: gone", failure(() -> write(stub, "a")).getMessage());
    assertEquals(0, stored());
  }

  @ParameterizedTest
  @EnumSource
  void errorAfterLeavesThePoints(Transport transport) {
    var stub = stub(transport);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.after(GONE));
    assertEquals("UNAVAILABLE: gone", failure(() -> write(stub, "a")).getMessage());
    assertEquals(1, stored());
  }

  @Test
  void errorAfterHidesRefusals() {
    var stub = stub(Transport.IN_PROCESS);
    write(stub, "a");
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.after(GONE));
    assertEquals("UNAVAILABLE: gone", failure(() -> write(stub, "a", "b")).getMessage());
    assertEquals(2, stored());
  }

  @ParameterizedTest
  @EnumSource
  void errorInTheMiddleLeavesTheFirstSeries(Transport transport) {
    var stub = stub(transport);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.partly(2, GONE));
    assertEquals("UNAVAILABLE: gone", failure(() -> write(stub, "a", "b", "c")).getMessage());
    assertEquals(
        List.of("a", "b"),
        cloud.series().keySet().stream().map(series -> series.label("flow_name")).toList());
  }

  @ParameterizedTest
  @EnumSource
  void silenceLastsUntilTheDeadline(Transport transport) {
    var stub = stub(transport).withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.silence());
    assertEquals(Code.DEADLINE_EXCEEDED, failure(() -> write(stub, "a")).getStatus().getCode());
    assertEquals(0, stored());
  }

  @Test
  void silenceCanFollowTheEffect() {
    var stub = stub(Transport.IN_PROCESS).withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.silenceAfter());
    assertEquals(Code.DEADLINE_EXCEEDED, failure(() -> write(stub, "a")).getStatus().getCode());
    assertEquals(1, stored());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resetConnectionIsUnavailableAndTheNextCallConnectsAnew(boolean applied) {
    var stub = stub(Transport.SOCKET);
    cloud.fault(CREATE_TIME_SERIES, 1, new MonitoringFault.Reset(applied));
    StatusRuntimeException error = failure(() -> write(stub, "a"));
    assertEquals(Code.UNAVAILABLE, error.getStatus().getCode());
    // Words of the client's transport, which depend on the moment, not of the server: the
    // connection was really lost.
    assertTrue(
        List.of("io exception", "Network closed for unknown reason")
            .contains(
                String.valueOf(error.getStatus().getDescription()).lines().findFirst().orElse("")));
    assertEquals(applied ? 1 : 0, stored());
    writeAnew(stub, "b");
    assertEquals(applied ? 2 : 1, stored());
  }

  /** The client may send a call or two into the lost connection before it notices. */
  private static void writeAnew(MetricServiceBlockingStub stub, String flow) {
    for (int lost = 0; ; lost++) {
      try {
        write(stub, flow);
        return;
      } catch (StatusRuntimeException e) {
        assertEquals(Code.UNAVAILABLE, e.getStatus().getCode());
        assertTrue(lost < 20, "it never connects anew");
      }
    }
  }

  @Test
  void resetInProcessIsUnavailable() {
    var stub = stub(Transport.IN_PROCESS);
    cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.resetAfter());
    assertEquals(
        "UNAVAILABLE: Connection reset by peer", failure(() -> write(stub, "a")).getMessage());
    assertEquals(1, stored());
  }

  @Test
  void writingCanBeAllowedAndReadingDenied() {
    var stub = stub(Transport.IN_PROCESS);
    cloud.always(LIST_TIME_SERIES, MonitoringFault.denied(LIST_TIME_SERIES));
    write(stub, "a");
    assertEquals(
        "PERMISSION_DENIED: Permission monitoring.timeSeries.list denied (or the resource may not"
            + " exist).",
        failure(() -> list(stub)).getMessage());
  }

  @Test
  void nthCallCountsFromNow() {
    var stub = stub(Transport.IN_PROCESS);
    write(stub, "a");
    cloud.fault(CREATE_TIME_SERIES, 2, MonitoringFault.quota());
    write(stub, "b");
    assertEquals(Code.RESOURCE_EXHAUSTED, failure(() -> write(stub, "c")).getStatus().getCode());
    write(stub, "c");
    assertEquals(3, stored());
  }

  @Test
  void planSeesTheRequest() {
    var stub = stub(Transport.IN_PROCESS);
    cloud.faults(call ->
        call.series() == 1
                && ((CreateTimeSeriesRequest) call.request())
                    .getTimeSeries(0)
                    .getMetric()
                    .getLabelsOrThrow("flow_name")
                    .equals("b")
            ? Optional.of(MonitoringFault.unauthenticated())
            : Optional.empty());
    write(stub, "a");
    assertEquals(Code.UNAUTHENTICATED, failure(() -> write(stub, "b")).getStatus().getCode());
  }

  @Test
  void missingProjectIsNotFound() {
    var stub = stub(Transport.IN_PROCESS);
    cloud.always(CREATE_TIME_SERIES, MonitoringFault.noProject());
    assertEquals(Code.NOT_FOUND, failure(() -> write(stub, "a")).getStatus().getCode());
  }

  @Test
  void poisonIsRefusedEveryTimeUntilHealed() {
    var stub = stub(Transport.IN_PROCESS);
    cloud.configure(options -> options.withShape(RefusalShape.YEAR_2019));
    cloud.poison(series -> series.getMetric().getLabelsOrThrow("flow_name").equals("b"), "Poison.");
    String text =
        "INVALID_ARGUMENT: One or more TimeSeries could not be written: Poison.: timeSeries[%d]";
    assertEquals(text.formatted(1), failure(() -> write(stub, "a", "b")).getMessage());
    assertEquals(text.formatted(0), failure(() -> write(stub, "b")).getMessage());
    cloud.heal();
    write(stub, "b");
    assertEquals(2, stored());
  }

  @Test
  void logTellsNumbersAndSizes() {
    var stub = stub(Transport.IN_PROCESS);
    write(stub, "a", "b");
    write(stub, "c");
    list(stub);
    MonitoringLog log = cloud.log();
    assertEquals(2, log.count(CREATE_TIME_SERIES));
    assertEquals(1, log.count(LIST_TIME_SERIES));
    assertEquals(2, log.maxSeries());
    CreateTimeSeriesRequest first =
        request(counter("a", START, NOON, 1), counter("b", START, NOON, 1));
    assertEquals(
        new MonitoringLog.Entry(CREATE_TIME_SERIES, 1, NOON, 2, first.getSerializedSize()),
        log.entries().getFirst());
    assertEquals(Optional.of(request(counter("c", START, NOON, 1))), log.last(CREATE_TIME_SERIES));
  }

  private MetricServiceBlockingStub stub(Transport transport) {
    return MetricServiceGrpc.newBlockingStub(
        switch (transport) {
          case SOCKET -> cloud.socketChannel();
          case IN_PROCESS -> cloud.inProcessChannel();
        });
  }

  private int stored() {
    return cloud.series(COUNT).size();
  }

  private static void write(MetricServiceBlockingStub stub, String... flows) {
    var request = CreateTimeSeriesRequest.newBuilder().setName(PROJECT);
    for (String flow : flows) {
      request.addTimeSeries(counter(flow, START, NOON, 1));
    }
    var _ = stub.createTimeSeries(request.build());
  }

  private static ListTimeSeriesResponse list(MetricServiceBlockingStub stub) {
    return stub.listTimeSeries(
        ListTimeSeriesRequest.newBuilder()
            .setName(PROJECT)
            .setFilter("metric.type = \"%s\"".formatted(COUNT))
            .setInterval(interval(START, NOON))
            .build());
  }

  private static StatusRuntimeException failure(Executable call) {
    return assertThrows(StatusRuntimeException.class, call);
  }
}
