package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.JobProcess;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.check.CheckAnswer;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.monitoring.MonitoringMethod;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real process is sent SIGTERM while something does not answer: it still says what happened. */
class StopTest {
  private static final String STOPPED =
      "error: asked to stop before everything was done; the next execution goes on from the"
          + " watermark";

  /** What it waits for; the latch opens once it does. */
  record Row(String name, BiConsumer<Site, CountDownLatch> arrange) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row waitsFor(String route) {
    return new Row(
        route,
        (site, reached) ->
            site.prefect.onEvery(
                route,
                (request, server) -> {
                  reached.countDown();
                  return HttpFault.silence().answer(request, server);
                }));
  }

  static Stream<Row> rows() {
    return Stream.of(
        waitsFor("/health"),
        waitsFor("/flow_runs/filter"),
        waitsFor("/flow_runs/history"),
        new Row(
            "two reads of the snapshot",
            (site, reached) -> {
              var both = new CountDownLatch(2);
              for (String route : List.of("/flow_runs/filter", "/flow_runs/history")) {
                site.prefect.onEvery(
                    route,
                    (request, server) -> {
                      if (request.body().contains("end_time")) {
                        return server.apply(request);
                      }
                      both.countDown();
                      if (both.getCount() == 0) {
                        reached.countDown();
                      }
                      return HttpFault.silence().answer(request, server);
                    });
              }
            }),
        new Row(
            "a write",
            (site, reached) ->
                site.cloud.faults(call -> {
                  if (call.method() != MonitoringMethod.CREATE_TIME_SERIES || call.number() > 1) {
                    return Optional.empty();
                  }
                  reached.countDown();
                  return Optional.of(MonitoringFault.silence());
                })));
  }

  @Test
  void aCheckSaysHowFarItCame() throws IOException, InterruptedException {
    try (var site = new Site()) {
      site.now = Instant.now();
      var reached = new CountDownLatch(1);
      waitsFor("/flow_runs/history").arrange().accept(site, reached);
      Process process = JobProcess.of(site.environment, "check").start();
      assertTrue(reached.await(5, TimeUnit.MINUTES), "never got there");
      process.toHandle().destroy();

      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, process.waitFor(), text);
      var answer = new CheckAnswer(text.lines().toList());
      answer.says("✓ Prefect reachable   " + site.prefect.apiUrl());
      answer.says("✗ Prefect authorised  interrupted");
      answer.says("– next window         not checked: something before it failed");
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reportIsWrittenAllTheSame(Row row) throws IOException, InterruptedException {
    try (var site = new Site()) {
      // The process has the real clock.
      site.now = Instant.now();
      var reached = new CountDownLatch(1);
      row.arrange().accept(site, reached);
      Process process = JobProcess.of(site.environment).start();
      assertTrue(reached.await(5, TimeUnit.MINUTES), "never got there");
      process.toHandle().destroy(); // process.destroy() would close its output

      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      assertEquals(1, process.waitFor(), text);
      assertEquals(2, lines.size(), text);
      assertEquals(STOPPED, lines.getFirst());
      assertTrue(lines.getLast().startsWith("warning: "), text);
      assertEquals(
          Optional.of(0.0), site.newest("exporter/up", Map.of()).map(point -> point.real()), text);
    }
  }
}
