package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.embedded.monitoring.MonitoringCall;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ReceivedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an execution waits for when it is asked to stop, it tells what happened, in the time
 * that Cloud Run leaves it.
 */
class StopPhasesTest {
  /** The process gives up after that. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /**
   * What is silent, and asks to stop as it is reached.
   *
   * @param ends whether the stop ends the wait at once, as no part of the report is waited for
   * @param told whether Cloud Monitoring learns of it too: not if it is silent to just that
   */
  record Phase(String name, boolean ends, boolean told, BiConsumer<Site, Runnable> arrange) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Phase prefect(String name, String route, Predicate<ReceivedRequest> when) {
    return new Phase(
        name,
        true,
        true,
        (site, reached) ->
            site.prefect.onEvery(
                route,
                (request, server) -> {
                  if (!when.test(request)) {
                    return server.apply(request);
                  }
                  reached.run();
                  return HttpFault.silence().answer(request, server);
                }));
  }

  private static Phase cloud(
      String name, boolean ends, boolean told, Predicate<MonitoringCall> when) {
    return new Phase(
        name,
        ends,
        told,
        (site, reached) ->
            site.cloud.faults(call -> {
              if (!when.test(call)) {
                return Optional.empty();
              }
              reached.run();
              return Optional.of(MonitoringFault.silence());
            }));
  }

  private static boolean reads(MonitoringCall call, String metric) {
    return call.request() instanceof ListTimeSeriesRequest read
        && read.getFilter().contains(metric);
  }

  private static boolean writes(MonitoringCall call, String metric) {
    return call.request() instanceof CreateTimeSeriesRequest write
        && write.getTimeSeriesList().stream()
            .anyMatch(series -> series.getMetric().getType().endsWith(metric));
  }

  static Stream<Phase> phases() {
    return Stream.of(
        prefect("first contact", "/health", request -> true),
        prefect("inventory", "/deployments/filter", request -> true),
        cloud("watermark read", true, true, call -> reads(call, "exporter/window_count")),
        cloud("ledger read", true, true, call -> reads(call, "flow_run/finished_count")),
        prefect("window read", "/flow_runs/filter", StopPhasesTest::isOfAWindow),
        cloud("window write", true, true, call -> writes(call, "flow_run/finished_count")),
        prefect("snapshot", "/flow_runs/filter", request -> !isOfAWindow(request)),
        cloud("levels write", false, false, call -> writes(call, "exporter/up")),
        cloud("report write", false, true, call -> writes(call, "exporter/skipped_seconds")));
  }

  private static boolean isOfAWindow(ReceivedRequest request) {
    return request.body().contains("end_time");
  }

  @ParameterizedTest
  @MethodSource("phases")
  void aStopIsTold(Phase phase) {
    try (var site = new Site()) {
      var stopper = ShutdownHook.none();
      var stopped = new AtomicLong(-1);
      if (phase.ends()) {
        // Nobody waits for the silence any more: no time may pass for it.
        site.prefect.onSilence(() -> {});
        site.cloud.onSilence(() -> {});
      }
      phase
          .arrange()
          .accept(
              site,
              () -> {
                if (stopped.compareAndSet(-1, site.time.nanos())) {
                  stopper.stop();
                }
              });

      Site.Ending ending = site.command(stopper);
      boolean _ = Thread.interrupted();

      List<String> lines = ending.lines();
      assertTrue(stopped.get() >= 0, () -> "never got there: " + lines);
      assertEquals(1, ending.code(), lines::toString);
      assertTrue(ending.summary().startsWith("warning: "), lines::toString);
      Duration took = Duration.ofNanos(site.time.nanos() - stopped.get());
      assertTrue(took.compareTo(PATIENCE) < 0, () -> took + ": " + lines);
      if (phase.told()) {
        assertTrue(site.newest("exporter/up", Map.of()).isPresent(), lines::toString);
      }
    }
  }
}
