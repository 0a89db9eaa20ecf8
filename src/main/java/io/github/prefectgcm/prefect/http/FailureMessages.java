package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What to tell the operator: one sentence with the setting to look at and the next step. It quotes
 * no body and no header: bodies echo requests, and headers hold keys.
 */
public final class FailureMessages {
  private final Connection connection;

  FailureMessages(Connection connection) {
    this.connection = connection;
  }

  SourceException deadline(Request request, Optional<TransientFailure> last) {
    String message =
        "DEADLINE was used up while reading Prefect (%s%s): the next execution goes on; raise it"
                .formatted(request, last.map(trouble -> ": " + trouble.what()).orElse(""))
            + " if this happens again";
    return last.map(trouble -> SourceException.passing(trouble.cause(), message))
        .orElseGet(() -> SourceException.late(message));
  }

  SourceException asksToWait(Request request, TransientFailure trouble, Duration wait) {
    return SourceException.passing(
        trouble.cause(),
        "Prefect asks to wait %d s before %s (%s), longer than DEADLINE allows: start the job less often or raise DEADLINE"
            .formatted(wait.toSeconds(), request, trouble.what()));
  }

  /**
   * Says why there is no answer.
   *
   * @param answered whether there ever was one
   */
  SourceException gaveUp(Request request, TransientFailure trouble, int tries, boolean answered) {
    if (trouble.kind() == TransientFailure.Kind.PROXY) {
      return SourceException.passing(
          trouble.cause(),
          "The proxy of %s does not reach Prefect (%s, %d tries): check PREFECT_API_URL, and whether NO_PROXY should name Prefect's host"
              .formatted(proxyVariable(), trouble.what(), tries));
    }
    if (trouble.kind() == TransientFailure.Kind.UNCERTIFIED && !answered) {
      return SourceException.lasting(wantsCertificate(shown(connection.apiUrl())));
    }
    if (trouble.kind() != TransientFailure.Kind.UNREACHABLE) {
      return SourceException.passing(
          trouble.cause(),
          "Prefect could not be read (%s) in %d %s, at last because %s: look at Prefect's own log if this happens again%s"
              .formatted(
                  request,
                  tries,
                  tries == 1 ? "try" : "tries",
                  trouble.what(),
                  answered ? "" : perhapsTls(trouble)));
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

  /** Plain HTTP to a server that speaks TLS looks like a connection that breaks. */
  private String perhapsTls(TransientFailure trouble) {
    boolean plain = "http".equalsIgnoreCase(connection.apiUrl().getScheme());
    return plain && trouble.kind() == TransientFailure.Kind.RESET
        ? "; if it speaks TLS, PREFECT_API_URL must begin with https://"
        : "";
  }

  private String proxyVariable() {
    return connection.proxy().map(ProxyServer::variable).orElse("HTTPS_PROXY");
  }

  /** A connection that TLS will not make, whatever is tried. */
  Optional<SourceException> untrusted(IOException e) {
    boolean asked = e instanceof CertificateWanted;
    IOException thrown = e instanceof CertificateWanted wanted ? wanted.broken() : e;
    return TlsFailure.of(thrown, asked)
        .map(failure -> SourceException.lasting(sentence(failure, thrown)));
  }

  private String sentence(TlsFailure failure, IOException thrown) {
    String server = shown(connection.apiUrl());
    return switch (failure) {
      case EXPIRED ->
          "The certificate of %s has expired%s: renew it there (PREFECT_API_SSL_CERT_FILE is not at fault)"
              .formatted(server, TlsFailure.date(thrown));
      case NOT_YET_VALID ->
          "The certificate of %s is not valid yet%s: check the clock of this machine, and of the one that made it"
              .formatted(server, TlsFailure.date(thrown));
      case OTHER_NAME ->
          "The certificate of %s is for other host names: check the host name in PREFECT_API_URL, or have one made for it"
              .formatted(server);
      case REVOKED ->
          "The certificate of %s was revoked, or nobody says that it was not: renew it there"
              .formatted(server);
      case WEAK ->
          "The certificate of %s, or one that signed it, has a key or a signature too weak for Java: have a stronger one made"
              .formatted(server);
      case OTHER_USE ->
          "The certificate of %s is not for a server: have one made that is".formatted(server);
      case UNKNOWN_AUTHORITY -> unknownAuthority(server);
      case WANTS_CERTIFICATE -> wantsCertificate(server);
      case NOTHING_IN_COMMON ->
          "%s and this Java have no version or cipher of TLS in common: switch on TLS 1.2 or 1.3 there"
              .formatted(server);
      case NO_SUCH_NAME ->
          "The server at %s knows no host of that name: check the host name in PREFECT_API_URL"
              .formatted(server);
      case NO_TLS ->
          "%s does not speak TLS: PREFECT_API_URL should perhaps begin with http:// (PREFECT_API_SSL_CERT_FILE is not at fault)"
              .formatted(server);
      case OTHER ->
          "TLS with %s failed (%s): check the server's certificate with `openssl s_client`"
              .formatted(server, firstLine(thrown));
    };
  }

  private String unknownAuthority(String server) {
    String of = connection.proxy().isEmpty() ? "" : ", or of the proxy of " + proxyVariable();
    return connection
        .caFile()
        .map(file ->
            "TLS with %s failed: no certificate in PREFECT_API_SSL_CERT_FILE (%s) belongs to the authority that signed the server's%s; if the server does not send those between the two, add them"
                .formatted(server, file.path(), of))
        .orElseGet(() ->
            "TLS with %s failed: set PREFECT_API_SSL_CERT_FILE to the certificate of the authority that signed the server's%s"
                .formatted(server, of));
  }

  private static String wantsCertificate(String server) {
    return "%s wants a certificate of its client, and prefect-gcm has none: let it in without one, as Prefect's own client would need it too"
        .formatted(server);
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }

  SourceException refused(Request request, Response.Refusal<?> refusal) {
    if (refusal.byProxy()) {
      return SourceException.lasting(
          "The proxy of %s refused the connection (%d): check its user:password, and whether NO_PROXY should name Prefect's host"
              .formatted(proxyVariable(), refusal.status()));
    }
    String trouble = "it answered " + refusal.status();
    String sentence = sentence(request, refusal);
    return isDenial(refusal) && isPrefects(refusal)
        ? SourceException.denied(trouble, sentence)
        : SourceException.lasting(trouble, sentence);
  }

  private static boolean isDenial(Response.Refusal<?> refusal) {
    return refusal.status() == 401 || refusal.status() == 403;
  }

  /**
   * Whether a denial is in the words of Prefect, and not of whatever else may have this address.
   */
  private boolean isPrefects(Response.Refusal<?> refusal) {
    return refusal.isJson()
        && (refusal.concernsCsrf()
            || refusal.head().contains("\"exception_message\"")
            || (isCloud(connection.apiUrl()) && refusal.head().contains("\"detail\"")));
  }

  private String sentence(Request request, Response.Refusal<?> refusal) {
    if (refusal.isRedirect()) {
      return redirected(request, refusal);
    }
    if (refusal.isSuccess()) {
      return "%s answered %s with a web page or other text: PREFECT_API_URL must be the address of the API, which for a self-hosted server ends in /api"
          .formatted(shown(connection.apiUrl()), request);
    }
    if (refusal.wantsCertificate()) {
      return wantsCertificate(shown(connection.apiUrl()));
    }
    if (refusal.wantsTls()) {
      return "%s speaks TLS: PREFECT_API_URL must begin with https://"
          .formatted(shown(connection.apiUrl()));
    }
    if (isDenial(refusal) && !isPrefects(refusal)) {
      return "%s refused %s (%d), but not in the words of Prefect: check PREFECT_API_URL; if something stands in front of Prefect, set PREFECT_CLIENT_CUSTOM_HEADERS to what it asks for"
          .formatted(shown(connection.apiUrl()), request, refusal.status());
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

  private String redirected(Request request, Response.Refusal<?> refusal) {
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

  public static boolean isCloud(URI apiUrl) {
    return String.valueOf(apiUrl.getHost()).toLowerCase(Locale.ROOT).endsWith(".prefect.cloud");
  }

  /** Without user, password and query. */
  private static String shown(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
