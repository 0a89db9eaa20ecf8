package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.RetryPolicy;
import io.github.prefectgcm.prefect.http.TransientFailure;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an answer that is none comes to: one sentence with a setting, and no secret. */
class RefusalsTest {
  private static final String SECRET = "s3cret";
  private static final String RUNS = "/flow_runs/history";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final boolean LASTING = true;

  enum Settings {
    PLAIN,
    KEY,
    AUTH,
    HEADER,
    AUTHORIZATION;

    Connection of(Connection plain) {
      return switch (this) {
        case PLAIN -> plain;
        case KEY -> TestConnections.withKey(plain, SECRET);
        case AUTH -> TestConnections.withAuthString(plain, "admin:" + SECRET);
        case HEADER -> TestConnections.withHeader(plain, "X-Token", SECRET);
        case AUTHORIZATION -> TestConnections.withHeader(plain, "authorization", SECRET);
      };
    }
  }

  static Stream<Arguments> answers() {
    var echo = "{\"exception_message\":\"Invalid request received.\",\"request_body\":\"s3cret\"}";
    return Stream.of(
        Arguments.of(
            Settings.PLAIN,
            HttpFault.status(401),
            "Prefect refused the credentials (401): set PREFECT_API_AUTH_STRING, or"
                + " PREFECT_CLIENT_CUSTOM_HEADERS to what a proxy in front of it asks for"),
        Arguments.of(
            Settings.KEY,
            HttpFault.status(401),
            "Prefect refused the credentials (401): PREFECT_API_KEY is for Prefect Cloud, a"
                + " self-hosted server takes PREFECT_API_AUTH_STRING"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(401),
            "Prefect refused the credentials (401): set PREFECT_API_AUTH_STRING to what the"
                + " server's PREFECT_SERVER_API_AUTH_STRING says"),
        Arguments.of(
            Settings.HEADER,
            HttpFault.status(401),
            "Prefect refused the credentials (401): check PREFECT_CLIENT_CUSTOM_HEADERS, or set"
                + " PREFECT_API_AUTH_STRING"),
        Arguments.of(
            Settings.AUTHORIZATION,
            HttpFault.status(403),
            "Prefect does not allow POST /flow_runs/history (403): check the Authorization header"
                + " in PREFECT_CLIENT_CUSTOM_HEADERS"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(404),
            "There is no POST /flow_runs/history at URL/api (404): check the path in"
                + " PREFECT_API_URL, which for a self-hosted server ends in /api"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(405),
            "There is no POST /flow_runs/history at URL/api (405): check the path in"
                + " PREFECT_API_URL, which for a self-hosted server ends in /api"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(422, Map.of(), echo),
            "Prefect does not understand POST /flow_runs/history (422): upgrade the server behind"
                + " PREFECT_API_URL to 3.0.4 or later"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(413, Map.of(), echo),
            "Prefect refused POST /flow_runs/history (413): check PREFECT_API_URL and what stands"
                + " in front of the server"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.html(200),
            "URL/api answered POST /flow_runs/history with a web page or other text:"
                + " PREFECT_API_URL must be the address of the API, which for a self-hosted server"
                + " ends in /api"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(307, Map.of("location", "https://u:s3cret@h.example/api" + RUNS), ""),
            "PREFECT_API_URL redirects to https://h.example/api: set PREFECT_API_URL to that"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.status(302, Map.of("location", "https://login.example/?next=s3cret"), ""),
            "PREFECT_API_URL redirects to https://login.example/, perhaps a login page: set"
                + " PREFECT_API_URL to the API itself, or PREFECT_CLIENT_CUSTOM_HEADERS to what"
                + " stands in front of it asks for"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.body("{}"),
            "Prefect answered with a missing or unusable list, which this version of prefect-gcm"
                + " does not understand: check PREFECT_API_URL, and compare the versions of both"),
        Arguments.of(
            Settings.AUTH,
            HttpFault.body("[{\"states\":null}]"),
            "Prefect answered with a missing or unusable list, which this version of prefect-gcm"
                + " does not understand: check PREFECT_API_URL, and compare the versions of both"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aLastingRefusalIsTriedOnceAndNamesTheSetting(
      Settings settings, HttpFault fault, String sentence) {
    try (var prefect = start()) {
      prefect.onEvery(RUNS, fault);
      assertSentence(settings.of(TestConnections.to(prefect.apiUrl())), LASTING, sentence);
      assertEquals(1, prefect.requests(RUNS).size());
    }
  }

  /** Prefect asks for a token before it looks for the route, and has none to give there. */
  @Test
  void aWrongPathOnAServerWithCsrfIsToldAsSuch() {
    try (var prefect =
        EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).csrf().start()) {
      assertSentence(
          TestConnections.to(prefect.apiUrl().resolve("/api/v2")),
          LASTING,
          "There is no POST /flow_runs/history at URL/api/v2 (404): check the path in"
              + " PREFECT_API_URL, which for a self-hosted server ends in /api");
    }
  }

  @Test
  void aTokenThatIsNeverGoodIsToldApart() {
    try (var prefect =
        EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).csrf().start()) {
      prefect.onEvery(RUNS, HttpFault.status(403, Map.of(), "{\"detail\":\"Invalid CSRF token\"}"));
      assertSentence(
          TestConnections.to(prefect.apiUrl()),
          LASTING,
          "Prefect refused its own CSRF token (403): check that PREFECT_API_URL leads to one"
              + " server only");
    }
  }

  /** What its answers lack is told, whatever it calls itself. */
  @Test
  void aSelfBuiltServerThatIsTooOldIsToldByItsAnswers() {
    try (var prefect =
        EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).version("3.0.3").start()) {
      prefect.onEvery("/admin/version", HttpFault.body("\"0.0.0+1.gabc1234\""));
      try (var source = TestConnections.open(prefect.apiUrl())) {
        assertEquals(Optional.empty(), source.contact().problem());
        var window = new Window(NOON.minus(Duration.ofMinutes(5)), NOON);
        var thrown =
            assertThrows(SourceException.class, () -> source.finishedRuns(window, run -> {}));
        assertEquals(
            "Prefect does not understand POST /flow_runs/filter (422): upgrade the server behind"
                + " PREFECT_API_URL to 3.0.4 or later",
            thrown.getMessage());
      }
    }
  }

  static Stream<Arguments> troubles() {
    String gaveUp =
        "Prefect could not be read (POST /flow_runs/history) in 6 tries, at last because %s: look"
            + " at Prefect's own log if this happens again";
    return Stream.of(
        Arguments.of(HttpFault.status(408), gaveUp.formatted("it answered 408")),
        Arguments.of(HttpFault.status(429), gaveUp.formatted("it answered 429")),
        Arguments.of(HttpFault.status(500), gaveUp.formatted("it answered 500")),
        Arguments.of(HttpFault.html(502), gaveUp.formatted("it answered 502")),
        Arguments.of(HttpFault.status(503), gaveUp.formatted("it answered 503")),
        Arguments.of(HttpFault.html(504), gaveUp.formatted("it answered 504")),
        Arguments.of(HttpFault.status(507), gaveUp.formatted("it answered 507")),
        Arguments.of(
            HttpFault.reset(),
            gaveUp.formatted("the connection broke")
                + "; if it speaks TLS, PREFECT_API_URL must begin with https://"),
        Arguments.of(HttpFault.cut(), gaveUp.formatted("the answer was cut short or malformed")),
        Arguments.of(
            HttpFault.body("[{]"), gaveUp.formatted("the answer was cut short or malformed")),
        Arguments.of(
            HttpFault.body(""), gaveUp.formatted("the answer was cut short or malformed")));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aPassingTroubleIsTriedSixTimes(HttpFault fault, String sentence) {
    try (var prefect = start()) {
      prefect.onEvery(RUNS, fault);
      try (var source = TestConnections.openHasty(TestConnections.to(prefect.apiUrl()))) {
        var thrown = assertThrows(SourceException.class, () -> read(source));
        assertEquals(sentence, thrown.getMessage());
        assertFalse(thrown.isLasting());
      }
      assertEquals(6, prefect.requests(RUNS).size());
    }
  }

  @Test
  void nothingThereIsToldWithItsAddress() {
    URI nowhere;
    try (var prefect = start()) {
      nowhere = prefect.apiUrl();
    }
    assertSentence(
        TestConnections.to(nowhere),
        !LASTING,
        "Prefect cannot be reached at %s: connection refused; check PREFECT_API_URL and the network"
            .formatted(nowhere));
  }

  @Test
  void anUnknownHostIsTold() {
    var trouble = TransientFailure.of(new UnknownHostException("prefect"), Duration.ofSeconds(1));
    assertEquals("the name of its host is unknown", trouble.what());
    assertEquals(3, trouble.tries(RetryPolicy.USUAL));
  }

  private static void assertSentence(Connection connection, boolean lasting, String sentence) {
    try (var source = TestConnections.open(connection)) {
      var thrown = assertThrows(SourceException.class, () -> read(source));
      String message = String.valueOf(thrown.getMessage());
      String base = connection.apiUrl().resolve("/").toString();
      assertEquals(sentence.replace("URL/api", base + "api"), message, "of " + connection.apiUrl());
      assertEquals(lasting, thrown.isLasting());
      assertFalse(message.contains(SECRET), message);
    }
  }

  private static void read(PrefectSource source) throws SourceException {
    var _ = source.expectedRuns(NOON.minus(Duration.ofHours(24)), NOON);
  }

  private static EmbeddedPrefect start() {
    return EmbeddedPrefect.start(new Workspace(1), InstantSource.fixed(NOON));
  }
}
