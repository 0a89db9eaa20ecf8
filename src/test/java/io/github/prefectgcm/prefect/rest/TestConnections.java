package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.prefect.http.CaFile;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.ProxyServer;
import io.github.prefectgcm.prefect.http.Secret;
import io.github.prefectgcm.time.Time;
import io.github.prefectgcm.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Connections and sources for tests. */
public final class TestConnections {
  static final Duration MINUTE = Duration.ofMinutes(1);

  static final Instant OURS = Instant.parse("2026-03-01T12:00:01Z");

  /** Ours stands still. */
  static final Time CLOCK = Time.real(InstantSource.fixed(OURS));

  private TestConnections() {}

  public static Connection to(URI apiUrl) {
    return new Connection(
        apiUrl,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public static PrefectSource open(URI apiUrl) {
    return open(to(apiUrl));
  }

  public static PrefectSource open(Connection connection) {
    return PrefectSource.open(connection, CLOCK, () -> MINUTE);
  }

  /** Waits as long as any other source, but by a time that its waiting lets pass. */
  public static PrefectSource openHasty(Connection connection) {
    return PrefectSource.open(connection, new VirtualTime(CLOCK), () -> MINUTE);
  }

  public static Connection withKey(Connection its, String key) {
    return new Connection(
        its.apiUrl(),
        Optional.of(new Secret(key)),
        its.authString(),
        its.headers(),
        its.caFile(),
        its.proxy(),
        its.includeSubflows());
  }

  public static Connection withAuthString(Connection its, String text) {
    return new Connection(
        its.apiUrl(),
        its.apiKey(),
        Optional.of(new Secret(text)),
        its.headers(),
        its.caFile(),
        its.proxy(),
        its.includeSubflows());
  }

  public static Connection withHeader(Connection its, String name, String value) {
    return new Connection(
        its.apiUrl(),
        its.apiKey(),
        its.authString(),
        Map.of(name, new Secret(value)),
        its.caFile(),
        its.proxy(),
        its.includeSubflows());
  }

  public static Connection withCaFile(Connection its, CaFile file) {
    return new Connection(
        its.apiUrl(),
        its.apiKey(),
        its.authString(),
        its.headers(),
        Optional.of(file),
        its.proxy(),
        its.includeSubflows());
  }

  /** Through a proxy on loopback that {@code HTTP_PROXY} names. */
  public static Connection withProxy(Connection its, int port, Optional<ProxyServer.Login> login) {
    return new Connection(
        its.apiUrl(),
        its.apiKey(),
        its.authString(),
        its.headers(),
        its.caFile(),
        Optional.of(new ProxyServer("HTTP_PROXY", "127.0.0.1", port, login)),
        its.includeSubflows());
  }

  static Connection withSubflows(Connection its) {
    return new Connection(
        its.apiUrl(),
        its.apiKey(),
        its.authString(),
        its.headers(),
        its.caFile(),
        its.proxy(),
        true);
  }
}
