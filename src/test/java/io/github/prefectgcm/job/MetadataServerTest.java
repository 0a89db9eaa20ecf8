package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.prefectgcm.JobProcess;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.Identity;
import io.github.prefectgcm.embedded.monitoring.EmbeddedMetadataServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process on Cloud Run whose metadata server is in trouble: that passes, takes no longer than
 * DEADLINE, and is told with the server's name.
 */
class MetadataServerTest {
  private static final String TOKEN = "ya29.embedded";

  @TempDir private Path folder;
  private final Site site = new Site();
  private EmbeddedMetadataServer metadata;

  @BeforeEach
  void onCloudRun() throws IOException {
    metadata = new EmbeddedMetadataServer("acme", TOKEN);
    site.now = Instant.now();
    site.environment
        .keySet()
        .removeAll(List.of("MONITORING_EMULATOR_HOST", "GOOGLE_CLOUD_PROJECT"));
    // Whoever gets that far is told so.
    site.environment.put("MONITORING_ENDPOINT", "127.0.0.1:1");
    site.environment.put("GCE_METADATA_HOST", metadata.address());
    site.environment.put("CLOUD_RUN_JOB", "prefect-gcm");
    site.environment.put("LOG_FORMAT", "text");
    site.environment.put("DEADLINE", "12s");
  }

  @AfterEach
  void close() {
    metadata.close();
    site.close();
  }

  /** Trouble, the exit code, and what is said. */
  record Row(String name, Consumer<EmbeddedMetadataServer> trouble, int code, String said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row token(int status, String body, int code, String said) {
    return new Row(
        "token: " + status + " " + body,
        server -> server.answer(EmbeddedMetadataServer.TOKEN, status, body),
        code,
        said);
  }

  static Stream<Row> rows() {
    String none = "no access token could be had from Google (the metadata server at ADDRESS: ";
    String noProject = "the project to write to could not be had (the metadata server at ADDRESS: ";
    return Stream.of(
        new Row(
            "silent token",
            server -> server.silence(EmbeddedMetadataServer.TOKEN),
            1,
            none + "no answer within"),
        new Row(
            "silent universe",
            server -> server.silence(EmbeddedMetadataServer.UNIVERSE),
            1,
            none + "no answer within"),
        new Row(
            "silent project",
            server -> server.silence(EmbeddedMetadataServer.PROJECT),
            1,
            noProject + "no answer within"),
        new Row("gone", EmbeddedMetadataServer::close, 1, noProject + "no usable answer"),
        new Row(
            "page for a project",
            server -> server.answer(EmbeddedMetadataServer.PROJECT, 200, "<html>hello</html>"),
            1,
            noProject + "no usable answer): set"),
        new Row(
            "no project",
            server -> server.answer(EmbeddedMetadataServer.PROJECT, 404, ""),
            1,
            noProject + "no usable answer): set"),
        new Row(
            "page for a universe",
            server -> server.answer(EmbeddedMetadataServer.UNIVERSE, 200, "<html>hello</html>"),
            1,
            none + "no usable answer"),
        new Row(
            "another universe",
            server -> server.answer(EmbeddedMetadataServer.UNIVERSE, 200, "example.com"),
            2,
            "the credentials are for the universe example.com"),
        token(503, "", 1, none + "503"),
        token(500, "", 1, none),
        token(429, "slow down", 1, none),
        token(200, "<html>hello</html>", 1, none),
        token(200, "", 1, none),
        token(200, "{}", 1, none),
        token(200, "{\"access_token\":7,\"expires_in\":\"x\"}", 1, none),
        token(200, "[1]", 1, none),
        token(404, "", 2, "Google's credentials give no access token (the metadata server at"),
        token(403, "", 2, "Google's credentials give no access token (the metadata server at"));
  }

  /** Side by side, as each takes as long as it may: longer than a slow machine takes to begin. */
  @TestFactory
  Stream<DynamicTest> itsTroubleIsTold() {
    try (var others = Executors.newFixedThreadPool(6)) {
      return rows()
          .map(row -> {
            Future<?> told =
                others.submit(() -> {
                  assertTold(row);
                  return row;
                });
            return dynamicTest(row.name(), told::get);
          })
          .toList()
          .stream();
    }
  }

  private void assertTold(Row row) throws Exception {
    var environment = new HashMap<>(site.environment);
    try (var troubled = new EmbeddedMetadataServer("acme", TOKEN)) {
      environment.put("GCE_METADATA_HOST", troubled.address());
      row.trouble().accept(troubled);

      Ending ending = ending(JobProcess.of(List.of(), environment).start());

      String text = ending.text();
      assertEquals(row.code(), ending.code(), text);
      assertTrue(text.contains(row.said().replace("ADDRESS", troubled.address())), text);
      assertFalse(text.contains("a bug of prefect-gcm"), text);
      assertFalse(text.contains(TOKEN), text);
      assertEquals(1, text.lines().filter(line -> line.contains(" refused, ")).count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "descriptors"})
  void otherCommandsHaveALimitToo(String command) throws Exception {
    metadata.silence(
        EmbeddedMetadataServer.TOKEN, EmbeddedMetadataServer.PROJECT, EmbeddedMetadataServer.EMAIL);

    Ending ending = end(List.of(), command);

    assertEquals(1, ending.code(), ending.text());
    assertTrue(
        ending.text().contains("the metadata server at " + metadata.address()), ending.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EmbeddedMetadataServer.TOKEN,
        EmbeddedMetadataServer.PROJECT,
        EmbeddedMetadataServer.UNIVERSE
      })
  void whoeverIsSlowIsWaitedFor(String route) throws Exception {
    var identity = Identity.make(folder, "monitoring.test");
    site.environment.put("MONITORING_ENDPOINT", site.cloud.secureAddress(identity, TOKEN::equals));
    site.environment.put("DEADLINE", "60s");
    metadata.silence(route);
    Process process = start(List.of("-Djavax.net.ssl.trustStore=" + identity.trustStore()));
    while (metadata.asked(route) == 0 && process.isAlive()) {
      Thread.onSpinWait();
    }
    metadata.wake();

    Ending ending = ending(process);

    assertEquals(0, ending.code(), ending.text());
    assertTrue(site.watermark().isPresent());
  }

  @Test
  void checkNamesTheAccount() throws Exception {
    Ending ending = end(List.of(), "check");

    assertTrue(
        ending
            .text()
            .contains(
                "✓ Google credentials  service account of the metadata server,"
                    + " prefect-gcm@acme.iam.gserviceaccount.com"),
        ending.text());
    assertTrue(
        ending.text().contains("✓ project             acme, as GOOGLE_CLOUD"), ending.text());
  }

  private record Ending(int code, String text) {}

  private Ending end(List<String> flags, String... arguments) throws Exception {
    return ending(start(flags, arguments));
  }

  private Process start(List<String> flags, String... arguments) throws IOException {
    return JobProcess.of(flags, site.environment, arguments).start();
  }

  private static Ending ending(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ending(process.waitFor(), text);
  }
}
