package io.github.prefectgcm.prefect.http;

import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Why a try failed, where another one may not.
 *
 * @param what happened, as the middle of a sentence
 * @param asked how long the server wants to be left alone
 */
public record TransientFailure(Kind kind, String what, Optional<Duration> asked) {
  enum Kind {
    /** Nothing is there. */
    UNREACHABLE,
    /** The connection went away, as an idle one does in the moment of its reuse. */
    RESET,
    /** The same, after the server had asked for a certificate of its client. */
    UNCERTIFIED,
    /** It took too long. */
    SLOW,
    /** A proxy could not go on. */
    PROXY,
    OTHER
  }

  public static TransientFailure of(Response.Refusal<?> refusal) {
    return new TransientFailure(
        refusal.byProxy() ? Kind.PROXY : Kind.OTHER,
        "it answered " + refusal.status(),
        refusal.retryAfter().flatMap(text -> wait(text, refusal)));
  }

  private static Optional<Duration> wait(String text, Response.Refusal<?> refusal) {
    try {
      double seconds = Double.parseDouble(text.strip());
      return seconds >= 0 && seconds < Integer.MAX_VALUE
          ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      // The answer's own clock tells what the date means; the job's may be off.
      return refusal
          .clock()
          .flatMap(now ->
              ResponseReader.date(text.strip()).map(until -> Duration.between(now.theirs(), until)))
          .filter(Duration::isPositive);
    }
  }

  public static TransientFailure of(IOException e, Duration limit) {
    return switch (e) {
      case CertificateWanted wanted -> of(wanted.broken(), limit).afterCertificateRequest();
      case UnknownHostException host -> unreachable("the name of its host is unknown");
      case ConnectTimeoutException late ->
          unreachable("no connection within " + HttpConnections.CONNECT_WITHIN.toSeconds() + " s");
      case ConnectException refused -> unreachable("connection refused");
      case NoRouteToHostException lost -> unreachable("no route to its host");
      case SocketTimeoutException late ->
          new TransientFailure(
              Kind.SLOW,
              "no whole answer came within %.0f s".formatted(Math.ceil(limit.toMillis() / 1e3)),
              Optional.empty());
      case MalformedJsonException json -> cut();
      case EOFException end -> cut();
      case ZipException gzip -> cut();
      case NoHttpResponseException silent -> reset();
      case ConnectionClosedException early -> cut();
      case SSLException tls ->
          new TransientFailure(
              Kind.RESET, "TLS broke off" + TlsFailure.alert(tls), Optional.empty());
      default -> reset();
    };
  }

  /** Whoever hangs up on a client without a certificate may do so without a word. */
  private TransientFailure afterCertificateRequest() {
    return kind == Kind.RESET
        ? new TransientFailure(
            Kind.UNCERTIFIED,
            what + " after the server had asked for a certificate of its client",
            asked)
        : this;
  }

  private static TransientFailure unreachable(String what) {
    return new TransientFailure(Kind.UNREACHABLE, what, Optional.empty());
  }

  private static TransientFailure reset() {
    return new TransientFailure(Kind.RESET, "the connection broke", Optional.empty());
  }

  private static TransientFailure cut() {
    return new TransientFailure(
        Kind.OTHER, "the answer was cut short or malformed", Optional.empty());
  }

  /** The same for all requests that fail like this, however long each one waited. */
  String cause() {
    return kind == Kind.OTHER ? what : kind.name();
  }

  public int tries(RetryPolicy patience) {
    return switch (kind) {
      case UNREACHABLE -> patience.triesUnreachable();
      case RESET, UNCERTIFIED -> Math.max(patience.tries(), patience.triesUnreachable());
      case SLOW, PROXY, OTHER -> patience.tries();
    };
  }

  /** Before the next try; a first reset costs nothing but the next try. */
  Duration wait(int tried, RetryPolicy patience, double chance) {
    return kind == Kind.RESET && tried == 1
        ? Duration.ZERO
        : asked.orElseGet(() -> patience.pause(tried, chance));
  }
}
