package io.github.prefectgcm.prefect.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a Prefect API.
 *
 * @param apiUrl as Prefect's own {@code PREFECT_API_URL}, without a trailing slash
 * @param apiKey {@code PREFECT_API_KEY}, for Prefect Cloud
 * @param authString {@code PREFECT_API_AUTH_STRING}, {@code user:password} of a self-hosted server
 * @param headers {@code PREFECT_CLIENT_CUSTOM_HEADERS}, applied last
 * @param caFile {@code PREFECT_API_SSL_CERT_FILE}, trusted besides the JVM's own
 * @param proxy if this URL is reached through one
 * @param includeSubflows whether runs that another run started are read too
 */
public record Connection(
    URI apiUrl,
    Optional<Secret> apiKey,
    Optional<Secret> authString,
    Map<String, Secret> headers,
    Optional<CaFile> caFile,
    Optional<ProxyServer> proxy,
    boolean includeSubflows) {
  public Connection {
    headers = Map.copyOf(headers);
  }
}
