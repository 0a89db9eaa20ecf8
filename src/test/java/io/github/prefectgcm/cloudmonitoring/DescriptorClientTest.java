package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Fixtures.LEVEL;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.MINUTE;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.NOON;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.RUNS;
import static io.github.prefectgcm.cloudmonitoring.Fixtures.TARGET;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_METRIC_DESCRIPTOR;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_METRIC_DESCRIPTORS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import io.github.prefectgcm.descriptor.Descriptor;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.metric.ValueType;
import io.github.prefectgcm.time.Time;
import io.grpc.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescriptorClientTest {
  private static final Timing TIMING = Timing.of(Duration.ofMinutes(5), Duration.ofSeconds(60));

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(InstantSource.fixed(NOON));
  private final CloudMonitoringStore store =
      CloudMonitoringStore.over(cloud.inProcessChannel(), TARGET, Time.real(), MINUTE);

  @AfterEach
  void close() {
    store.close();
    cloud.close();
  }

  @Test
  void whatIsDeclaredIsReadBack() throws Exception {
    store.declare(RUNS, TIMING);
    store.declare(LEVEL, TIMING);

    assertEquals(
        Map.of(RUNS.name(), Descriptor.of(RUNS), LEVEL.name(), Descriptor.of(LEVEL)),
        store.declared());
  }

  @Test
  void whatBelongsToOthersIsNotRead() throws Exception {
    create("custom.googleapis.com/prefect_old/server/healthy");
    create("custom.googleapis.com/other");

    assertEquals(Map.of(), store.declared());
  }

  @Test
  void kindsAndTypesThatAreNoneOfOursAreRead() throws Exception {
    create("custom.googleapis.com/prefect/server/state");

    assertEquals(
        Map.of("server/state", new Descriptor("GAUGE", "STRING", "", "", "", List.of())),
        store.declared());
  }

  @Test
  void everyPageIsRead() throws Exception {
    IntStream.range(0, 5).forEach(i -> create("custom.googleapis.com/prefect/m" + i));
    cloud.configure(options -> options.withDescriptorPage(2));

    assertEquals(5, store.declared().size());
    assertEquals(3, cloud.log().count(LIST_METRIC_DESCRIPTORS));
    var last =
        (ListMetricDescriptorsRequest) cloud.log().last(LIST_METRIC_DESCRIPTORS).orElseThrow();
    assertEquals("metric.type = starts_with(\"custom.googleapis.com/prefect/\")", last.getFilter());
  }

  @Test
  void whatWasDeclaredJustNowMayBeMissing() throws Exception {
    cloud.configure(options -> options.withDescriptorDelay(Duration.ofMinutes(1)));
    store.declare(LEVEL, TIMING);
    assertEquals(Map.of(), store.declared());

    cloud.setNow(NOON.plusSeconds(60));
    assertEquals(1, store.declared().size());
  }

  @Test
  void aConcurrentEditIsTriedAgain() throws Exception {
    cloud.fault(
        CREATE_METRIC_DESCRIPTOR,
        1,
        MonitoringFault.before(Status.ABORTED.withDescription("Too many concurrent edits.")));
    store.declare(LEVEL, TIMING);
    assertEquals(2, cloud.log().count(CREATE_METRIC_DESCRIPTOR));
  }

  @Test
  void anotherTypeIsRefused() throws Exception {
    store.declare(LEVEL, TIMING);
    Metric other = Fixtures.metric(LEVEL.name(), LEVEL.kind(), ValueType.DOUBLE);

    StoreException thrown = assertThrows(StoreException.class, () -> store.declare(other, TIMING));

    assertTrue(
        String.valueOf(thrown.getMessage())
            .contains("kind and value type of a metric cannot be changed"),
        thrown::getMessage);
  }

  private void create(String type) {
    cloud.describe(
        "projects/acme",
        MetricDescriptor.newBuilder()
            .setType(type)
            .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
            .setValueType(MetricDescriptor.ValueType.STRING)
            .build());
  }
}
