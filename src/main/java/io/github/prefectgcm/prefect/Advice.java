package io.github.prefectgcm.prefect;

import io.github.prefectgcm.history.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What to tell the operator: one sentence with the setting to look at and the next step. It quotes
 * no body and no header: bodies echo requests, and headers hold keys.
 */
final class Advice {
  private final Connection connection;

  Advice(Connection connection) {
    this.connection = connection;
  }

  SourceException deadline(Request request, Optional<Trouble> last) {
    String message =
        "DEADLINE was used up while reading Prefect (%s%s): the next execution goes on; raise it"
                .formatted(request, last.map(trouble -> ": " + trouble.what()).orElse(""))
            + " if this happens again";
    return last.map(trouble -> SourceException.passing(trouble.cause(), message))
        .orElseGet(() -> SourceException.late(message));
  }

  SourceException asksToWait(Request request, Trouble trouble, Duration wait) {
    return SourceException.passing(
        trouble.cause(),
        "Prefect asks to wait %d s before %s (%s), longer than DEADLINE allows: start the job less often or raise DEADLINE"
            .formatted(wait.toSeconds(), request, trouble.what()));
  }

  SourceException gaveUp(Request request, Trouble trouble, int tries) {
    if (trouble.kind() == Trouble.Kind.PROXY) {
      return SourceException.passing(
          trouble.cause(),
          "The proxy of %s does not reach Prefect (%s, %d tries): check PREFECT_API_URL, and whether NO_PROXY should name Prefect's host"
              .formatted(proxyVariable(), trouble.what(), tries));
    }
    if (trouble.kind() != Trouble.Kind.UNREACHABLE) {
      return SourceException.passing(
          trouble.cause(),
          "Prefect could not be read (%s) in %d %s, at last because %s: look at Prefect's own log if this happens again"
              .formatted(request, tries, tries == 1 ? "try" : "tries", trouble.what()));
    }
    return SourceException.passing(
        connection
            .proxy()
            .map(proxy ->
                "The proxy of %s cannot be reached: %s; check %s and NO_PROXY"
                    .formatted(proxy.variable(), trouble.what(), proxy.variable()))
            .orElseGet(() ->
                "Prefect cannot be reached at %s: %s; check PREFECT_API_URL and the network"
                    .formatted(shown(connection.apiUrl()), trouble.what())));
  }

  private String proxyVariable() {
    return connection.proxy().map(ProxyServer::variable).orElse("HTTPS_PROXY");
  }

  /** A connection that TLS will not make, whatever is tried. */
  Optional<SourceException> untrusted(IOException e) {
    if (e instanceof SSLPeerUnverifiedException
        || (e instanceof SSLHandshakeException && !hungUp(e))) {
      return Optional.of(
          SourceException.lasting(
              "TLS with %s failed: set PREFECT_API_SSL_CERT_FILE to the certificate of the authority that signed its certificate, and check the host name in PREFECT_API_URL"
                  .formatted(shown(connection.apiUrl()))));
    }
    if (e instanceof SSLException && String.valueOf(e.getMessage()).contains("SSL message")) {
      return Optional.of(
          SourceException.lasting(
              "%s does not speak TLS: PREFECT_API_URL should perhaps begin with http:// (PREFECT_API_SSL_CERT_FILE is not at fault)"
                  .formatted(shown(connection.apiUrl()))));
    }
    return Optional.empty();
  }

  /** A restarting server may hang up in the middle of a handshake. */
  private static boolean hungUp(IOException e) {
    return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
  }

  SourceException refused(Request request, Reply.Refusal<?> refusal) {
    if (refusal.byProxy()) {
      return SourceException.lasting(
          "The proxy of %s refused the connection (%d): check its user:password, and whether NO_PROXY should name Prefect's host"
              .formatted(proxyVariable(), refusal.status()));
    }
    String trouble = "it answered " + refusal.status();
    String sentence = sentence(request, refusal);
    return refusal.status() == 401 || refusal.status() == 403
        ? SourceException.denied(trouble, sentence)
        : SourceException.lasting(trouble, sentence);
  }

  private String sentence(Request request, Reply.Refusal<?> refusal) {
    if (refusal.isRedirect()) {
      return redirected(request, refusal);
    }
    if (refusal.isSuccess()) {
      return "%s answered %s with a web page or other text: PREFECT_API_URL must be the address of the API, which for a self-hosted server ends in /api"
          .formatted(shown(connection.apiUrl()), request);
    }
    return switch (refusal.status()) {
      case 401 -> "Prefect refused the credentials (401): " + credentials();
      case 403 ->
          refusal.concernsCsrf()
              ? "Prefect refused its own CSRF token (403): check that PREFECT_API_URL leads to one"
                  + " server only"
              : "Prefect does not allow %s (403): %s".formatted(request, credentials());
      case 404, 405 ->
          "There is no %s at %s (%d): check the path in PREFECT_API_URL, which for a self-hosted server ends in /api"
              .formatted(request, shown(connection.apiUrl()), refusal.status());
      case 422 ->
          "Prefect does not understand %s (422): upgrade the server behind PREFECT_API_URL to 3.0.4 or later"
              .formatted(request);
      default ->
          "Prefect refused %s (%d): check PREFECT_API_URL and what stands in front of the server"
              .formatted(request, refusal.status());
    };
  }

  private String redirected(Request request, Reply.Refusal<?> refusal) {
    String to = refusal.location().map(this::absolute).orElse("another address");
    int tail = to.length() - request.path().length();
    return to.endsWith(request.path())
        ? "PREFECT_API_URL redirects to %s: set PREFECT_API_URL to that"
            .formatted(to.substring(0, tail))
        : "PREFECT_API_URL redirects to %s, perhaps a login page: set PREFECT_API_URL to the API itself, or PREFECT_CLIENT_CUSTOM_HEADERS to what stands in front of it asks for"
            .formatted(to);
  }

  private String absolute(URI location) {
    return shown(connection.apiUrl().resolve(location));
  }

  private String credentials() {
    if (connection.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
      return "check the Authorization header in PREFECT_CLIENT_CUSTOM_HEADERS";
    }
    if (connection.apiKey().isPresent()) {
      return isCloud(connection.apiUrl())
          ? "set PREFECT_API_KEY to a valid key that may read the workspace in PREFECT_API_URL"
          : "PREFECT_API_KEY is for Prefect Cloud, a self-hosted server takes"
              + " PREFECT_API_AUTH_STRING";
    }
    if (connection.authString().isPresent()) {
      return "set PREFECT_API_AUTH_STRING to what the server's PREFECT_SERVER_API_AUTH_STRING says";
    }
    if (!connection.headers().isEmpty()) {
      return "check PREFECT_CLIENT_CUSTOM_HEADERS, or set PREFECT_API_AUTH_STRING";
    }
    return isCloud(connection.apiUrl())
        ? "set PREFECT_API_KEY"
        : "set PREFECT_API_AUTH_STRING, or PREFECT_CLIENT_CUSTOM_HEADERS to what a proxy in front"
            + " of it asks for";
  }

  static boolean isCloud(URI apiUrl) {
    return String.valueOf(apiUrl.getHost()).toLowerCase(Locale.ROOT).endsWith(".prefect.cloud");
  }

  /** Without user, password and query. */
  private static String shown(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
