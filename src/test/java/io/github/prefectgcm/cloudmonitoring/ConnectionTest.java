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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import io.github.prefectgcm.time.VirtualTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The same store over a real socket, as the job opens it. */
@Isolated("it looks at all threads there are")
class ConnectionTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void writesAndReadsBack() throws Exception {
    try (var cloud = cloud();
        var store = open(cloud.address())) {
      assertEquals(List.of(), store.write(samples(450, 0, 7)));
      Map<Series, Point> newest = store.newest(RUNS, NOON.minusSeconds(1), NOON);
      assertEquals(450, newest.size());
      assertEquals(point(0, 7), newest.get(runs("flow-449")));
      var request = (CreateTimeSeriesRequest) cloud.log().last(CREATE_TIME_SERIES).orElseThrow();
      assertEquals("projects/prefect-gcm", request.getName());
    }
  }

  @Test
  void aRefusalOfEveryLongNameArrives() throws Exception {
    try (var cloud = cloud();
        var store = open(cloud.address())) {
      cloud.configure(options -> options.withTextLimit(500_000));
      String name = LabelValue.clean("名".repeat(2_000));
      List<Sample> samples =
          IntStream.range(0, 200).mapToObj(i -> sample(i + name.substring(9), 0, 1)).toList();
      store.write(samples);
      assertEquals(200, store.write(samples).size());
    }
  }

  @Test
  void getsOverAConnectionThatIsReset() throws Exception {
    try (var cloud = cloud();
        var store = open(cloud.address())) {
      store.write(samples(1, 0, 1));
      cloud.fault(CREATE_TIME_SERIES, 1, MonitoringFault.reset());
      assertEquals(List.of(), store.write(samples(1, 5, 2)));
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var store =
        CloudMonitoringStore.open(
            target("localhost:" + port), new VirtualTime(InstantSource.system()), MINUTE)) {
      StoreException thrown =
          assertThrows(StoreException.class, () -> store.write(samples(1, 0, 1)));
      assertFalse(thrown.isLasting());
      String message = String.valueOf(thrown.getMessage());
      assertTrue(
          message.startsWith("Cloud Monitoring could not be reached at localhost:" + port),
          message);
      assertTrue(message.endsWith("check MONITORING_EMULATOR_HOST"), message);
    }
  }

  @Test
  void startsToConnectBeforeTheFirstCall() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(60_000);
      try (var store = open("localhost:" + socket.getLocalPort());
          var connection = socket.accept()) {
        assertTrue(connection.isConnected(), store::toString);
      }
    }
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var store = open("localhost:" + socket.getLocalPort(), Duration.ofMillis(300))) {
      StoreException thrown =
          assertThrows(StoreException.class, () -> store.write(samples(1, 0, 1)));
      assertFalse(thrown.isLasting(), thrown::getMessage);
    }
  }

  @Test
  void closingLeavesNoThreadAndDoesNotHang() throws Exception {
    try (var cloud = cloud()) {
      cloud.always(CREATE_TIME_SERIES, MonitoringFault.silence());
      var store = open(cloud.address());
      Thread writer =
          Thread.ofPlatform()
              .start(() -> assertThrows(StoreException.class, () -> store.write(samples(1, 0, 1))));
      while (cloud.log().count(CREATE_TIME_SERIES) == 0) {
        Thread.onSpinWait();
      }
      store.close();
      assertTrue(writer.join(LONG));
      store.close();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        // Netty says that the thread has ended a moment before it does.
        if (thread.getName().equals("cloud-monitoring")) {
          assertTrue(thread.join(LONG));
        }
      }
    }
  }

  private static EmbeddedCloudMonitoring cloud() {
    return new EmbeddedCloudMonitoring(InstantSource.fixed(NOON.plus(Duration.ofHours(1))));
  }

  private static CloudMonitoringStore open(String address) throws StoreException {
    return CloudMonitoringStore.open(target(address), Time.real(), MINUTE);
  }

  /** So much time from now on. */
  private static CloudMonitoringStore open(String address, Duration time) throws StoreException {
    long end = System.nanoTime() + time.toNanos();
    return CloudMonitoringStore.open(
        target(address), Time.real(), () -> Duration.ofNanos(end - System.nanoTime()));
  }

  private static Target target(String address) {
    return new Target(
        Optional.empty(),
        Endpoint.emulator(address),
        TARGET.metricPrefix(),
        TARGET.location(),
        TARGET.namespace(),
        TARGET.job(),
        CredentialsSource.DEFAULT);
  }
}
