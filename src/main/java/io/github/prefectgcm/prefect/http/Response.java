package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.ClockReading;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of the API, or of something that stands in front of it.
 *
 * <p>Here, as in all that every execution passes through, no pattern switch tells the kinds apart:
 * the JVM links those anew in each process, which the AOT cache does not save.
 */
public sealed interface Response<T> {

  /** What was asked for. */
  T value() throws Refused;

  /** The clock of whoever answered, beside ours when that arrived. */
  Optional<ClockReading> clock();

  /** The answer that was asked for. */
  record Read<T>(T value, Optional<ClockReading> clock) implements Response<T> {}

  /**
   * Anything else: a status other than 2xx, or a body that is not JSON.
   *
   * @param head the beginning of the body
   * @param byProxy whether the proxy of the connection said so
   */
  record Refusal<T>(
      int status,
      Optional<ClockReading> clock,
      Optional<String> retryAfter,
      Optional<URI> location,
      String contentType,
      String head,
      boolean byProxy)
      implements Response<T> {

    @Override
    public T value() throws Refused {
      throw new Refused(this);
    }

    /** Whether the same request may be answered a little later. */
    public boolean isPassing() {
      return status == 408 || status == 429 || status >= 500;
    }

    /** What Prefect's own server says when there is a row that it cannot put into its answer. */
    public boolean failedToRender() {
      return status == 500 && !byProxy;
    }

    public boolean isRedirect() {
      return status >= 300 && status < 400;
    }

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    public boolean isJson() {
      return contentType.toLowerCase(Locale.ROOT).contains("json");
    }

    /** What nginx and others say to a client that has no certificate of its own. */
    public boolean wantsCertificate() {
      return status >= 400 && head.contains("SSL certificate");
    }

    /** What web servers say to plain HTTP on a port for TLS. */
    public boolean wantsTls() {
      return status == 400
          && (head.contains("HTTP request was sent to HTTPS port")
              || head.contains("HTTP request to an HTTPS server")
              || head.contains("speaking plain HTTP to an SSL-enabled server port"));
    }

    public boolean concernsCsrf() {
      return status == 403 && (head.contains("CSRF") || head.contains("Missing client identifier"));
    }
  }
}
