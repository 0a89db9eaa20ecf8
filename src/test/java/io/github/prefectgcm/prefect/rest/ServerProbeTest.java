package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.SourceException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerProbeTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ClockReading CLOCKS = new ClockReading(NOON, TestConnections.OURS);

  @Test
  void aServerInGoodOrderTellsItsTimeAndVersion() {
    try (var prefect = start("3.8.3")) {
      assertEquals(
          new ServerStatus(true, Optional.of(CLOCKS), Optional.of("3.8.3"), Optional.empty()),
          contact(prefect.apiUrl()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "null", "\"true\"", "{\"ok\":true}"})
  void onlyTrueIsHealthy(String body) {
    try (var prefect = start("3.8.3")) {
      prefect.onEvery("/health", HttpFault.body(body));
      assertEquals(
          new ServerStatus(false, Optional.of(CLOCKS), Optional.of("3.8.3"), Optional.empty()),
          contact(prefect.apiUrl()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 503})
  void anotherRouteMayStillAnswer(int status) {
    try (var prefect = start("3.8.3")) {
      prefect.onEvery("/health", HttpFault.status(status));
      assertEquals(
          new ServerStatus(false, Optional.of(CLOCKS), Optional.of("3.8.3"), Optional.empty()),
          contact(prefect.apiUrl()));
      assertEquals(1, prefect.requests("/health").size());
    }
  }

  @ParameterizedTest
  @CsvSource({"200", "401", "403", "404"})
  void aPageForHumansIsAProblemWithATime(int status) {
    try (var prefect = start("3.8.3")) {
      prefect.onEvery("/health", HttpFault.html(status));
      ServerStatus contact = contact(prefect.apiUrl());
      assertFalse(contact.healthy());
      assertEquals(Optional.of(CLOCKS), contact.clock());
      assertTrue(contact.problem().orElseThrow().isLasting());
    }
  }

  @Test
  void anAddressWithoutApiIsToldAsSuch() {
    try (var prefect = start("3.8.3")) {
      ServerStatus contact = contact(prefect.apiUrl().resolve("/wrong"));
      assertTrue(message(contact).contains("ends in /api"), message(contact));
    }
  }

  @Test
  void nobodyThereIsAPassingProblemWithoutATime() {
    URI nowhere;
    try (var prefect = start("3.8.3")) {
      nowhere = prefect.apiUrl();
    }
    ServerStatus contact = contact(nowhere);
    assertEquals(Optional.empty(), contact.clock());
    assertFalse(contact.problem().orElseThrow().isLasting());
    assertTrue(message(contact).startsWith("Prefect cannot be reached at "), message(contact));
  }

  @ParameterizedTest
  @CsvSource({
    "2.20.16, true",
    "3.0.3, true",
    "3.0.0rc20, true",
    "3.0.4, false",
    "3.0.10, false",
    "3.10.0.dev6, false",
    // Not releases: what such a server can do is seen by trying.
    "0.0.0+1.gabc1234, false",
    "0+untagged.1.gabc1234, false",
    "3.0.3+12.gabc1234, false",
    "3.0.4.dev2, false",
    "2.20.16.post1, false",
    "2.20.16-alpine, false",
    "0.0.0, false",
    "unknown, false",
    "'', false"
  })
  void onlyAReleaseCanBeTooOld(String version, boolean tooOld) {
    try (var prefect = start("3.8.3")) {
      prefect.onEvery("/admin/version", HttpFault.body("\"" + version + "\""));
      ServerStatus contact = contact(prefect.apiUrl());
      assertEquals(Optional.of(version), contact.version());
      assertEquals(tooOld, contact.problem().isPresent());
      assertEquals(
          Optional.of(true),
          contact.problem().map(SourceException::isLasting).or(() -> Optional.of(true)));
    }
  }

  @Test
  void aRedirectOnTheSameServerIsFollowed() {
    try (var prefect = start("3.8.3")) {
      prefect.onNth("/health", 1, HttpFault.status(307, Map.of("location", "/api/health"), ""));
      assertTrue(contact(prefect.apiUrl()).healthy());
    }
  }

  @Test
  void aRedirectElsewhereIsAProblem() {
    try (var prefect = start("3.8.3")) {
      prefect.onEvery(
          "/health", HttpFault.status(301, Map.of("location", "https://p.example/api/health"), ""));
      assertEquals(
          "PREFECT_API_URL redirects to https://p.example/api: set PREFECT_API_URL to that",
          message(contact(prefect.apiUrl())));
    }
  }

  private static String message(ServerStatus contact) {
    return String.valueOf(contact.problem().orElseThrow().getMessage());
  }

  private static ServerStatus contact(URI apiUrl) {
    try (var source = TestConnections.open(apiUrl)) {
      return source.contact();
    }
  }

  private static EmbeddedPrefect start(String version) {
    return EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).version(version).start();
  }
}
