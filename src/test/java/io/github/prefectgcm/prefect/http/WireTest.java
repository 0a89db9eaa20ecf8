package io.github.prefectgcm.prefect.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.TunnelProxy;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.prefect.rest.TestConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, TLS and proxies. */
class WireTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String PASSWORD = "changeit";

  @TempDir static Path directory;

  @BeforeAll
  static void makeCertificates() throws Exception {
    makeCertificate("server", "IP:127.0.0.1");
    makeCertificate("elsewhere", "DNS:elsewhere.example");
  }

  private static void makeCertificate(String name, String subject) throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + subject, name);
    keytool("-exportcert", "-rfc", "-file", pem(name).toString(), name);
  }

  private static void keytool(String... arguments) throws Exception {
    String name = arguments[arguments.length - 1];
    var command =
        Stream.concat(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
            Stream.of(arguments).limit(arguments.length - 1L));
    var store =
        Stream.of("-keystore", store(name).toString(), "-storepass", PASSWORD, "-alias", name);
    var process =
        new ProcessBuilder(Stream.concat(command, store).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
  }

  private static Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  private static Path pem(String name) {
    return directory.resolve(name + ".pem");
  }

  private static SSLContext tls(String name) throws Exception {
    var keys = KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void requestsSayWhoAsksAndTakeGzip() throws Exception {
    try (var prefect = start()) {
      var connection = TestConnections.to(prefect.apiUrl());
      read(TestConnections.withHeader(connection, "X-Token", "abc"));
      var request = prefect.requests("/flow_runs/history").getFirst();
      assertTrue(request.header("user-agent").orElseThrow().startsWith("prefect-gcm/"));
      assertEquals(Optional.of("gzip"), request.header("accept-encoding"));
      assertEquals(Optional.of("application/json"), request.header("content-type"));
      assertEquals(Optional.of("abc"), request.header("x-token"));
      assertEquals(
          Optional.of(String.valueOf(request.body().length())), request.header("content-length"));
      assertEquals(Optional.empty(), request.header("authorization"));
    }
  }

  @Test
  void keysAndAuthStringsAreAccepted() throws Exception {
    try (var cloud = setup().apiKey("pnu_1").start();
        var own = setup().authString("admin:päss").start()) {
      read(TestConnections.withKey(TestConnections.to(cloud.apiUrl()), "pnu_1"));
      read(TestConnections.withAuthString(TestConnections.to(own.apiUrl()), "admin:päss"));
    }
  }

  @Test
  void customHeadersComeLast() throws Exception {
    try (var prefect = setup().apiKey("right").start()) {
      var connection = TestConnections.withKey(TestConnections.to(prefect.apiUrl()), "wrong");
      read(TestConnections.withHeader(connection, "Authorization", "Bearer right"));
    }
  }

  @Test
  void theCaFileIsTrusted() throws Exception {
    try (var prefect = setup().tls(tls("server")).start()) {
      Path both = directory.resolve("both.pem");
      Files.writeString(
          both, Files.readString(pem("elsewhere")) + "\n" + Files.readString(pem("server")));
      read(TestConnections.withCaFile(TestConnections.to(prefect.apiUrl()), CaFile.read(both)));
    }
  }

  @Test
  void aServerWithoutTlsIsToldAsSuch() throws Exception {
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> answerInPlainText(plain));
      assertLasting(
          TestConnections.to(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/api")),
          "does not speak TLS");
      server.join();
    }
  }

  private static void answerInPlainText(ServerSocket listener) {
    try (var client = listener.accept()) {
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
      client.shutdownOutput();
      var _ = client.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client has seen enough.
    }
  }

  @Test
  void aTunnelLeadsThroughTheProxy() throws Exception {
    try (var prefect = setup().tls(tls("server")).start();
        var proxy = TunnelProxy.wanting("u:p@ss")) {
      var connection =
          TestConnections.withCaFile(
              TestConnections.to(prefect.apiUrl()), CaFile.read(pem("server")));
      read(TestConnections.withProxy(connection, proxy.port(), login("p@ss")));
      String head = proxy.heads().getFirst();
      assertTrue(head.startsWith("CONNECT 127.0.0.1:"), head);
      assertTrue(head.contains("Proxy-Authorization: Basic dTpwQHNz\r\n"), head);
      assertFalse(
          prefect.requests().stream()
              .anyMatch(request -> request.headers().containsKey("proxy-authorization")));
    }
  }

  @Test
  void aPlainRequestGoesThroughTheProxy() throws Exception {
    try (var prefect = start();
        var proxy = TunnelProxy.wanting("u:p@ss")) {
      var connection = TestConnections.to(prefect.apiUrl());
      read(TestConnections.withProxy(connection, proxy.port(), login("p@ss")));
      assertTrue(proxy.heads().getFirst().startsWith("POST http://127.0.0.1:"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 407})
  void aProxyThatRefusesIsNamed(int status) throws Exception {
    try (var prefect = setup().tls(tls("server")).start();
        var proxy = new TunnelProxy(status)) {
      var connection = TestConnections.to(prefect.apiUrl());
      assertLasting(
          TestConnections.withProxy(connection, proxy.port(), login("s3cret")),
          "The proxy of HTTP_PROXY refused the connection (%d)".formatted(status));
    }
  }

  @Test
  void aWrongPasswordForTheProxyIsNamed() throws Exception {
    try (var prefect = start();
        var proxy = TunnelProxy.wanting("u:right")) {
      assertLasting(
          TestConnections.withProxy(
              TestConnections.to(prefect.apiUrl()), proxy.port(), login("s3cret")),
          "The proxy of HTTP_PROXY refused the connection (407): check its user:password");
    }
  }

  @Test
  void aProxyThatCannotGoOnIsNotPrefectsFault() throws Exception {
    try (var prefect = setup().tls(tls("server")).start();
        var proxy = new TunnelProxy(503)) {
      var connection =
          TestConnections.withProxy(
              TestConnections.to(prefect.apiUrl()), proxy.port(), Optional.empty());
      try (var source = TestConnections.openHasty(connection)) {
        var thrown = assertThrows(SourceException.class, () -> read(source));
        assertFalse(thrown.isLasting());
        assertEquals(
            "The proxy of HTTP_PROXY does not reach Prefect (it answered 503, 6 tries): check"
                + " PREFECT_API_URL, and whether NO_PROXY should name Prefect's host",
            thrown.getMessage());
      }
    }
  }

  private static Optional<ProxyServer.Login> login(String password) {
    return Optional.of(new ProxyServer.Login("u", new Secret(password)));
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    int port;
    try (var proxy = new TunnelProxy(200)) {
      port = proxy.port();
    }
    var connection =
        TestConnections.withProxy(
            TestConnections.to(URI.create("https://127.0.0.1:1/api")), port, login("s3cret"));
    var thrown = assertThrows(SourceException.class, () -> read(connection));
    assertFalse(thrown.isLasting());
    assertEquals(
        "The proxy of HTTP_PROXY cannot be reached: connection refused; check HTTP_PROXY and"
            + " NO_PROXY",
        thrown.getMessage());
  }

  private static void assertLasting(Connection connection, String part) {
    var thrown = assertThrows(SourceException.class, () -> read(connection));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(thrown.isLasting(), message);
    assertTrue(message.contains(part), message);
    assertFalse(message.contains("s3"), message);
  }

  private static void read(Connection connection) throws SourceException {
    try (var source = TestConnections.open(connection)) {
      read(source);
    }
  }

  private static void read(PrefectSource source) throws SourceException {
    var _ = source.expectedRuns(NOON.minus(Duration.ofHours(24)), NOON);
  }

  private static EmbeddedPrefect start() {
    return setup().start();
  }

  private static EmbeddedPrefect.Setup setup() {
    return EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON));
  }
}
