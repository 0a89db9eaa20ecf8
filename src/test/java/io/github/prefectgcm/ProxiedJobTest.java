package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.prefectgcm.embedded.Identity;
import io.github.prefectgcm.embedded.TunnelProxy;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process whose environment names a proxy that wants a password: Prefect, Cloud Monitoring's gRPC
 * and the server that gives Google's access tokens are reached through it, each over TLS. The proxy
 * alone knows where they are.
 */
class ProxiedJobTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TOKEN = "ya29.embedded";
  private static final String TOKENS = "oauth2.googleapis.com";
  private static final String LOGIN = "DOMAIN\\me:p@ss:/%";
  private static final String ENCODED = "DOMAIN%5Cme:p%40ss%3A%2F%25";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private EmbeddedPrefect prefect;
  private EmbeddedCloudMonitoring cloud;
  private HttpsServer tokens;

  @BeforeEach
  void start() throws Exception {
    Identity identity = Identity.make(folder, "prefect.test", "monitoring.test", TOKENS);
    prefect =
        EmbeddedPrefect.of(new Workspace(1), () -> NOON)
            .apiKey("k")
            .tls(identity.context())
            .start();
    cloud = new EmbeddedCloudMonitoring(() -> NOON);
    String monitoring = cloud.secureAddress(identity, TOKEN::equals);
    tokens = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    byte[] answer =
        "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
            .formatted(TOKEN)
            .getBytes(StandardCharsets.UTF_8);
    tokens.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    tokens.start();
    Path user =
        Files.writeString(
            folder.resolve("user.json"),
            """
            {"type": "authorized_user", "client_id": "id", "client_secret": "hunter2",
             "refresh_token": "hunter2"}\
            """);
    environment.put(
        "PREFECT_API_URL", prefect.apiUrl().toString().replace("127.0.0.1", "prefect.test"));
    environment.put("PREFECT_API_KEY", "k");
    environment.put("MONITORING_ENDPOINT", monitoring.replace("127.0.0.1", "monitoring.test"));
    environment.put("GOOGLE_CLOUD_PROJECT", "acme");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", user.toString());
    environment.put("JAVA_TOOL_OPTIONS", "-Djavax.net.ssl.trustStore=" + identity.trustStore());
  }

  @AfterEach
  void stop() {
    tokens.stop(0);
    cloud.close();
    prefect.close();
  }

  @Test
  void allGoesThroughAProxyThatWantsAPassword() throws Exception {
    try (var proxy = proxy()) {
      environment.put("https_proxy", "HTTP://" + ENCODED + "@127.0.0.1:" + proxy.port());
      environment.put("HTTPS_PROXY", "http://127.0.0.1:1");

      assertEquals("", said(0));

      assertFalse(cloud.series("exporter/up").isEmpty());
      for (String host : List.of("prefect.test", "monitoring.test", TOKENS)) {
        assertTrue(
            proxy.heads().stream().anyMatch(head -> head.startsWith("CONNECT " + host + ":")),
            () -> host + " not in " + proxy.heads());
      }
      // Google's HTTP client waits to be asked for the password, the others do not.
      assertTrue(
          proxy.heads().stream()
              .filter(head -> !head.toLowerCase(Locale.ROOT).contains("proxy-authorization"))
              .allMatch(head -> head.startsWith("CONNECT " + TOKENS)),
          () -> proxy.heads().toString());
    }
  }

  @Test
  void aWrongPasswordIsToldOnceForEachOfThem() throws Exception {
    try (var proxy = proxy()) {
      environment.put("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:" + proxy.port());

      String said = said(2);

      assertTrue(
          said.contains("error: The proxy of HTTPS_PROXY refused the connection (407)"), said);
      assertTrue(
          said.contains("error: the proxy of HTTPS_PROXY refused the connection to Google (407)"),
          said);
      assertFalse(said.contains("hunter2"), said);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    int port;
    try (var proxy = proxy()) {
      port = proxy.port();
    }
    environment.put("ALL_PROXY", "http://127.0.0.1:" + port);

    String said = said(1);

    assertTrue(
        said.contains("error: The proxy of ALL_PROXY cannot be reached: connection refused"), said);
    assertTrue(said.contains("check ALL_PROXY, NO_PROXY, MONITORING_ENDPOINT"), said);
  }

  private TunnelProxy proxy() {
    var proxy = TunnelProxy.wanting(LOGIN);
    proxy.know(TOKENS + ":443", tokens.getAddress().getPort());
    return proxy;
  }

  /** What the job says but its summary. */
  private String said(int code) throws IOException, InterruptedException {
    Process process = JobProcess.of(environment).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), () -> text);
    return text.replaceAll("(?m)^(Picked up .*|.* points written, .*)\\R", "");
  }
}
