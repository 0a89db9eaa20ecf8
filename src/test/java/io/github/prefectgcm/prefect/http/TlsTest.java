package io.github.prefectgcm.prefect.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.TunnelProxy;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.Authority.Terms;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.prefect.rest.TestConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that TLS does not reach is told with what is wrong between the two. */
class TlsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir static Path folder;
  private static Authority authority;
  private static CaFile trusted;

  @BeforeAll
  static void make() throws Exception {
    authority = Authority.make("authority");
    trusted = CaFile.read(Files.writeString(folder.resolve("ca.pem"), authority.pem()));
  }

  @Test
  void aGoodCertificateOfATrustedAuthorityIsGood() throws Exception {
    try (var prefect = prefect(Terms.GOOD);
        var source = TestConnections.open(trusting(prefect.apiUrl()))) {
      read(source);
    }
  }

  @Test
  void anExpiredCertificateIsToldAsSuch() throws Exception {
    assertSays(
        Terms.GOOD.expired(),
        "The certificate of URL has expired (NotAfter: DATE): renew it there"
            + " (PREFECT_API_SSL_CERT_FILE is not at fault)");
  }

  @Test
  void aCertificateOfTheFutureIsToldAsSuch() throws Exception {
    assertSays(
        Terms.GOOD.early(),
        "The certificate of URL is not valid yet (NotBefore: DATE): check the clock of this"
            + " machine, and of the one that made it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere.example", "127.0.0.2"})
  void aCertificateOfAnotherHostIsToldAsSuch(String host) throws Exception {
    assertSays(
        Terms.GOOD.host(host),
        "The certificate of URL is for other host names: check the host name in PREFECT_API_URL,"
            + " or have one made for it");
  }

  @Test
  void aCertificateForClientsIsToldAsSuch() throws Exception {
    assertSays(
        Terms.GOOD.forClients(),
        "The certificate of URL is not for a server: have one made that is");
  }

  @Test
  void anUnknownAuthorityNamesTheSetting() throws Exception {
    try (var prefect = prefect(Terms.GOOD)) {
      assertLasting(
          TestConnections.to(prefect.apiUrl()),
          "TLS with URL failed: set PREFECT_API_SSL_CERT_FILE to the certificate of the authority"
              + " that signed the server's");
    }
  }

  /** Also of an expired one: more than that it is unknown cannot be said of it. */
  @Test
  void anotherAuthorityThanThatOfTheFileNamesTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("x.pem"), Authority.make("x").pem());
    try (var prefect = prefect(Terms.GOOD.expired())) {
      assertLasting(
          TestConnections.withCaFile(TestConnections.to(prefect.apiUrl()), CaFile.read(file)),
          "TLS with URL failed: no certificate in PREFECT_API_SSL_CERT_FILE (%s) belongs to the"
                  .formatted(file)
              + " authority that signed the server's; if the server does not send those between"
              + " the two, add them");
    }
  }

  @Test
  void aProxyMayBeTheOneWithTheUnknownAuthority() throws Exception {
    try (var prefect = prefect(Terms.GOOD);
        var proxy = new TunnelProxy(200)) {
      assertLasting(
          TestConnections.withProxy(
              TestConnections.to(prefect.apiUrl()), proxy.port(), Optional.empty()),
          "TLS with URL failed: set PREFECT_API_SSL_CERT_FILE to the certificate of the authority"
              + " that signed the server's, or of the proxy of HTTP_PROXY");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatWantsACertificateIsToldAsSuch(String version) throws Exception {
    try (var server =
        (SSLServerSocket)
            authority
                .server(Terms.GOOD)
                .getServerSocketFactory()
                .createServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      server.setEnabledProtocols(new String[] {version});
      server.setNeedClientAuth(true);
      serve(server, TlsTest::answer);
      assertLasting(
          trusting(URI.create("https://127.0.0.1:" + server.getLocalPort() + "/api")),
          "URL wants a certificate of its client, and prefect-gcm has none: let it in without one,"
              + " as Prefect's own client would need it too");
    }
  }

  private static void answer(Socket client) throws IOException {
    // Shakes hands first, which fails.
    client
        .getOutputStream()
        .write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII));
    var _ = client.getInputStream().read();
  }

  /** Whoever lets clients in without one may hang up for other reasons. */
  @Test
  void aServerThatOnlyAsksForACertificateIsTriedAgain() {
    var advice = new FailureMessages(trusting(URI.create("https://127.0.0.1:1/api")));
    var broken = new CertificateWanted(new SocketException("Connection reset"));
    var trouble = TransientFailure.of(broken, Duration.ofSeconds(1));
    var request = Request.get("/health");
    assertEquals(Optional.empty(), advice.untrusted(broken));
    assertEquals(6, trouble.tries(RetryPolicy.USUAL));
    assertFalse(advice.gaveUp(request, trouble, 6, true).isLasting());
    assertTrue(advice.gaveUp(request, trouble, 6, false).isLasting());
  }

  /** Such as nginx, which shakes hands and then says no. */
  @Test
  void aPageThatWantsACertificateIsToldAsSuch() throws Exception {
    try (var prefect = prefect(Terms.GOOD)) {
      prefect.onEvery(
          "/flow_runs/history",
          HttpFault.status(
              400,
              Map.of("content-type", "text/html"),
              "<center>No required SSL certificate was sent</center>"));
      assertLasting(
          trusting(prefect.apiUrl()),
          "URL wants a certificate of its client, and prefect-gcm has none: let it in without one,"
              + " as Prefect's own client would need it too");
    }
  }

  /** As the server ends a handshake: a fatal alert, by its number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "70  | URL and this Java have no version or cipher of TLS in common: switch on TLS 1.2 or"
            + " 1.3 there",
        "71  | URL and this Java have no version or cipher of TLS in common: switch on TLS 1.2 or"
            + " 1.3 there",
        "40  | URL and this Java have no version or cipher of TLS in common: switch on TLS 1.2 or"
            + " 1.3 there",
        "112 | The server at URL knows no host of that name: check the host name in"
            + " PREFECT_API_URL",
        "116 | URL wants a certificate of its client, and prefect-gcm has none: let it in without"
            + " one, as Prefect's own client would need it too",
      })
  void whatTheServerSaysIsTold(int alert, String sentence) throws Exception {
    try (var server = alerting(alert)) {
      assertLasting(trusting(url(server)), sentence);
    }
  }

  @Test
  void aServerInTroubleIsTriedAgain() throws Exception {
    try (var server = alerting(80);
        var source = TestConnections.openHasty(trusting(url(server)))) {
      var thrown = assertThrows(SourceException.class, () -> read(source));
      assertFalse(thrown.isLasting());
      assertEquals(
          "Prefect could not be read (POST /flow_runs/history) in 6 tries, at last because TLS"
              + " broke off (internal_error): look at Prefect's own log if this happens again",
          thrown.getMessage());
    }
  }

  private static ServerSocket alerting(int alert) throws IOException {
    var server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    serve(
        server,
        client -> {
          var _ = client.getInputStream().read(new byte[5_000]);
          client.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, (byte) alert});
        });
    return server;
  }

  private static URI url(ServerSocket server) {
    return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The plain HTTP request was sent to HTTPS port",
        "Client sent an HTTP request to an HTTPS server.",
        "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
      })
  void plainHttpToAServerWithTlsIsTold(String page) {
    try (var prefect = EmbeddedPrefect.start(new Workspace(1), InstantSource.fixed(NOON))) {
      prefect.onEvery("/flow_runs/history", HttpFault.status(400, Map.of(), page));
      assertLasting(
          TestConnections.to(prefect.apiUrl()),
          "URL speaks TLS: PREFECT_API_URL must begin with https://");
    }
  }

  /** Most servers say nothing that could be understood. */
  @Test
  void plainHttpToATlsPortNamesTheScheme() throws Exception {
    try (var prefect = prefect(Terms.GOOD)) {
      URI plain = URI.create(prefect.apiUrl().toString().replace("https", "http"));
      try (var source = TestConnections.openHasty(TestConnections.to(plain))) {
        var thrown = assertThrows(SourceException.class, () -> read(source));
        assertTrue(
            String.valueOf(thrown.getMessage())
                .endsWith("; if it speaks TLS, PREFECT_API_URL must begin with https://"),
            thrown.getMessage());
      }
    }
  }

  /** Java asks nobody for revoked certificates unless a property says so. */
  @Test
  void otherReasonsOfTheJdkAreToldApart() {
    assertEquals(Optional.of(TlsFailure.REVOKED), failure(BasicReason.REVOKED));
    assertEquals(
        Optional.of(TlsFailure.REVOKED), failure(BasicReason.UNDETERMINED_REVOCATION_STATUS));
    assertEquals(Optional.of(TlsFailure.WEAK), failure(BasicReason.ALGORITHM_CONSTRAINED));
    assertEquals(Optional.of(TlsFailure.UNKNOWN_AUTHORITY), failure(BasicReason.INVALID_SIGNATURE));
    assertEquals(
        Optional.of(TlsFailure.OTHER), TlsFailure.of(new SSLHandshakeException("new"), true));
    assertEquals(Optional.empty(), TlsFailure.of(new IOException("no TLS at all"), true));
  }

  private static Optional<TlsFailure> failure(BasicReason reason) {
    var path = new CertPathValidatorException("text", null, null, -1, reason);
    return TlsFailure.of(new SSLHandshakeException("text", path), false);
  }

  private interface Server {
    void serve(Socket client) throws IOException;
  }

  /** Until the listener is closed, one connection after the other. */
  private static void serve(ServerSocket listener, Server server) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
              server.serve(client);
            } catch (IOException e) {
              // Closed, or the client had enough.
            }
          }
        });
  }

  private static EmbeddedPrefect prefect(Terms terms) throws Exception {
    SSLContext tls = authority.server(terms);
    return EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).tls(tls).start();
  }

  private static Connection trusting(URI url) {
    return TestConnections.withCaFile(TestConnections.to(url), trusted);
  }

  private static void assertSays(Terms terms, String sentence) throws Exception {
    try (var prefect = prefect(terms)) {
      assertLasting(trusting(prefect.apiUrl()), sentence);
    }
  }

  private static void assertLasting(Connection connection, String sentence) {
    try (var source = TestConnections.openHasty(connection)) {
      var thrown = assertThrows(SourceException.class, () -> read(source));
      String message =
          String.valueOf(thrown.getMessage())
              .replaceAll("(NotAfter|NotBefore): [^)]*\\d{4}\\)", "$1: DATE)");
      assertEquals(sentence, message.replace(connection.apiUrl().toString(), "URL"));
      assertTrue(thrown.isLasting(), message);
    }
  }

  private static void read(PrefectSource source) throws SourceException {
    var _ = source.expectedRuns(NOON.minus(Duration.ofHours(24)), NOON);
  }
}
