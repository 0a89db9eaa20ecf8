package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceBlockingStub;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a write tells which of its series it refused. */
class EmbeddedCloudMonitoringRefusalTest {
  private static final Instant START = NOON.minus(Duration.ofMinutes(10));
  private static final Instant END = NOON.minus(Duration.ofMinutes(5));
  private static final String PREFIX = "One or more TimeSeries could not be written: ";
  private static final String OLDER =
      "Points must be written in order. One or more of the points specified had an older start time"
          + " than the most recent point.";

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(InstantSource.fixed(NOON));

  @BeforeEach
  void holdThreeSeries() {
    var _ =
        cloud
            .stub()
            .createTimeSeries(
                request(
                    counter("a", START, END, 1),
                    counter("b", START, END, 1),
                    counter("c", START, END, 1)));
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void neighboursOfRefusedSeriesAreStored() {
    refusal(cloud.stub(), mixed());
    assertEquals(1, cloud.series().values().stream().filter(points -> points.size() == 2).count());
    assertEquals(4, cloud.series().size());
  }

  @Test
  void shapeOf2025() {
    assertEquals(
        PREFIX
            + "timeSeries[0,2] (example metric.type=\"%s\", metric.labels={\"flow_name\": \"a\"}): write for resource=generic_task{job:prefect-gcm,location:global,namespace:default,task_id:0} failed with: %s; "
                .formatted(COUNT, OLDER)
            + "timeSeries[4] (example metric.type=\"%s\", metric.labels={\"flow_name\": \"e\"}): write for resource=generic_task{job:prefect-gcm,location:my-basement,namespace:default,task_id:0} failed with: Unrecognized region or location."
                .formatted(COUNT),
        text(RefusalShape.YEAR_2025));
  }

  @Test
  void shapeOf2023() {
    String resource = "generic_task{job:prefect-gcm,location:%s,namespace:default,task_id:0}";
    String global = resource.formatted("global");
    assertEquals(
        PREFIX
            + "%s: %s timeSeries[0]: %s{flow_name:a}; ".formatted(OLDER, global, COUNT)
            + "%s: %s timeSeries[2]: %s{flow_name:c}; ".formatted(OLDER, global, COUNT)
            + "Unrecognized region or location.: %s timeSeries[4]: %s{flow_name:e}"
                .formatted(resource.formatted("my-basement"), COUNT),
        text(RefusalShape.YEAR_2023));
  }

  @Test
  void shapeOf2019() {
    assertEquals(
        PREFIX + OLDER + ": timeSeries[0,2]; Unrecognized region or location.: timeSeries[4]",
        text(RefusalShape.YEAR_2019));
  }

  @Test
  void shapeOf2026() {
    String labels =
        "resource.type=\"generic_task\", resource.labels={\"job\": \"prefect-gcm\", \"location\":"
            + " \"%s\", \"namespace\": \"default\", \"task_id\": \"0\"}";
    assertEquals(
        PREFIX
            + "timeSeries[0,2] (example metric.type=\"%s\", metric.labels={\"flow_name\": \"a\"}, %s): "
                .formatted(COUNT, labels.formatted("global"))
            + "Monarch only accepted 0 of 1 points. Example error: New reset timestamp"
            + " '2026/11/22-03:49:59.999 (1795348199999000)' must not be older than existing reset"
            + " timestamp '2026/11/22-03:50:00.000 (1795348200000000)'.; "
            + "timeSeries[4] (example metric.type=\"%s\", metric.labels={\"flow_name\": \"e\"}, %s): Unrecognized region or location."
                .formatted(COUNT, labels.formatted("my-basement")),
        text(RefusalShape.YEAR_2026));
  }

  @Test
  void onlyThreeInARowAreARange() {
    assertEquals("3,8-12,43,44,100", Refusals.ranges(List.of(3, 8, 9, 10, 11, 12, 43, 44, 100)));
  }

  @Test
  void summaryCountsPoints() {
    assertEquals(
        CreateTimeSeriesSummary.newBuilder()
            .setTotalPointCount(5)
            .setSuccessPointCount(2)
            .addErrors(error(3, ""))
            .build(),
        summary(refusal(cloud.stub(), mixed())));
  }

  @Test
  void summaryCanTellTexts() {
    cloud.configure(options -> options.withErrorMessages(true));
    assertEquals(
        List.of(
            error(2, "Points must be written in order. One or more of the points s"),
            error(1, "Unrecognized region or location.")),
        summary(refusal(cloud.stub(), mixed())).getErrorsList());
  }

  @Test
  void textCanBeCutInTheMiddleOfTheIndexes() {
    String kept = PREFIX + OLDER + ": timeSeries[0,";
    cloud.configure(
        options -> options.withShape(RefusalShape.YEAR_2019).withTextLimit(kept.length()));
    assertEquals(kept, refusal(cloud.stub(), mixed()).getStatus().getDescription());
  }

  @Test
  void twoHundredLongRefusalsFitIntoTheTrailersOfASocket() {
    cloud.configure(options -> options.withShape(RefusalShape.YEAR_2023).withErrorMessages(true));
    var stub = MetricServiceGrpc.newBlockingStub(cloud.socketChannel());
    var poisoned =
        IntStream.range(0, 200)
            .mapToObj(i -> counter(i + "ü".repeat(1000), START, END, 1))
            .toArray(TimeSeries.Builder[]::new);
    for (int i = 0; i < 200; i++) {
      String start = i + "ü";
      cloud.poison(
          series -> series.getMetric().getLabelsOrThrow("flow_name").startsWith(start),
          "Poison " + i);
    }
    var error = refusal(stub, poisoned);
    CreateTimeSeriesSummary summary = summary(error);
    assertEquals(200, summary.getTotalPointCount());
    assertEquals(0, summary.getSuccessPointCount());
    assertEquals(
        200,
        summary.getErrorsList().stream()
            .mapToInt(CreateTimeSeriesSummary.Error::getPointCount)
            .sum());
    String text = String.valueOf(error.getStatus().getDescription());
    assertTrue(text.startsWith(PREFIX + "Poison 0: "), text);
  }

  private String text(RefusalShape shape) {
    cloud.configure(options -> options.withShape(shape));
    return String.valueOf(refusal(cloud.stub(), mixed()).getStatus().getDescription());
  }

  /** Of five, the first and third are too old, the last is nowhere. */
  private static TimeSeries.Builder[] mixed() {
    var nowhere = counter("e", START, NOON, 1);
    nowhere.getResourceBuilder().putLabels("location", "my-basement");
    Instant older = START.minusMillis(1);
    return new TimeSeries.Builder[] {
      counter("a", older, NOON, 1),
      counter("b", START, NOON, 1),
      counter("c", older, NOON, 1),
      counter("d", START, NOON, 1),
      nowhere
    };
  }

  private static StatusRuntimeException refusal(
      MetricServiceBlockingStub stub, TimeSeries.Builder... series) {
    return assertThrows(StatusRuntimeException.class, () -> stub.createTimeSeries(request(series)));
  }

  private static CreateTimeSeriesSummary summary(StatusRuntimeException error) {
    try {
      Status status = StatusProto.fromThrowable(error);
      assertEquals(Code.INVALID_ARGUMENT_VALUE, status.getCode());
      return status.getDetails(0).unpack(CreateTimeSeriesSummary.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static CreateTimeSeriesSummary.Error error(int count, String message) {
    return CreateTimeSeriesSummary.Error.newBuilder()
        .setStatus(Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(message))
        .setPointCount(count)
        .build();
  }
}
