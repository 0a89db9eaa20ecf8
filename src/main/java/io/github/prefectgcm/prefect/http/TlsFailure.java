package io.github.prefectgcm.prefect.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why TLS with a server fails, where another try would not change it. */
enum TlsFailure {
  EXPIRED,
  NOT_YET_VALID,
  OTHER_NAME,
  REVOKED,
  WEAK,
  OTHER_USE,
  UNKNOWN_AUTHORITY,
  WANTS_CERTIFICATE,
  NOTHING_IN_COMMON,
  NO_SUCH_NAME,
  NO_TLS,
  OTHER;

  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
  private static final Set<String> ABOUT_OUR_CERTIFICATE =
      Set.of(
          "certificate_required",
          "bad_certificate",
          "unknown_ca",
          "certificate_unknown",
          "unsupported_certificate",
          "access_denied",
          "handshake_failure");
  private static final Set<String> ABOUT_VERSIONS =
      Set.of("protocol_version", "insufficient_security", "handshake_failure");

  /**
   * Tells it from what the JDK throws.
   *
   * @param asked whether the server has asked for a certificate of the client
   */
  static Optional<TlsFailure> of(IOException thrown, boolean asked) {
    if (!(thrown instanceof SSLException)) {
      return Optional.empty();
    }
    Optional<TlsFailure> untrusted =
        causes(thrown).map(TlsFailure::ofCertificate).flatMap(Optional::stream).findFirst();
    if (untrusted.isPresent()) {
      return untrusted;
    }
    String message = text(thrown);
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      return ofAlert(alert.group(1), asked);
    }
    if (message.contains("SSL message")) {
      return Optional.of(NO_TLS);
    }
    if (message.contains("protocol version") || message.contains("No appropriate protocol")) {
      return Optional.of(NOTHING_IN_COMMON);
    }
    return thrown instanceof SSLHandshakeException && !hungUp(thrown)
        ? Optional.of(OTHER)
        : Optional.empty();
  }

  private static Optional<TlsFailure> ofCertificate(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException late -> Optional.of(EXPIRED);
      case CertificateNotYetValidException early -> Optional.of(NOT_YET_VALID);
      case SSLPeerUnverifiedException name -> Optional.of(OTHER_NAME);
      case CertPathValidatorException path
          when path.getReason() instanceof BasicReason reason
              && reason != BasicReason.UNSPECIFIED ->
          Optional.of(ofReason(reason));
      case CertPathBuilderException path when path.getCause() == null ->
          Optional.of(UNKNOWN_AUTHORITY);
      default -> ofText(text(cause));
    };
  }

  private static TlsFailure ofReason(BasicReason reason) {
    return switch (reason) {
      case EXPIRED -> EXPIRED;
      case NOT_YET_VALID -> NOT_YET_VALID;
      case REVOKED, UNDETERMINED_REVOCATION_STATUS -> REVOKED;
      case ALGORITHM_CONSTRAINED -> WEAK;
      case INVALID_SIGNATURE, UNSPECIFIED -> UNKNOWN_AUTHORITY;
    };
  }

  /** For what the JDK has no type. */
  private static Optional<TlsFailure> ofText(String text) {
    if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
      return Optional.of(OTHER_NAME);
    }
    if (text.startsWith("Extended key usage") || text.startsWith("KeyUsage does not allow")) {
      return Optional.of(OTHER_USE);
    }
    return text.contains("distrusted") || text.startsWith("No trusted certificate")
        ? Optional.of(UNKNOWN_AUTHORITY)
        : Optional.empty();
  }

  /** Others tell of a server in trouble, which may pass. */
  private static Optional<TlsFailure> ofAlert(String alert, boolean asked) {
    if (alert.equals("certificate_required") || (asked && ABOUT_OUR_CERTIFICATE.contains(alert))) {
      return Optional.of(WANTS_CERTIFICATE);
    }
    if (alert.equals("unrecognized_name")) {
      return Optional.of(NO_SUCH_NAME);
    }
    return ABOUT_VERSIONS.contains(alert) ? Optional.of(NOTHING_IN_COMMON) : Optional.empty();
  }

  /** A restarting server may hang up in the middle of a handshake. */
  private static boolean hungUp(IOException e) {
    return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
  }

  /**
   * What is said of a certificate's dates, such as {@code NotAfter: Sun Mar 01 12:00:00 UTC 2026}.
   */
  static String date(IOException thrown) {
    return causes(thrown)
        .map(TlsFailure::text)
        .filter(text -> text.startsWith("Not"))
        .findFirst()
        .map(text -> " (" + text + ")")
        .orElse("");
  }

  /** What the server said as it ended a handshake, in parentheses. */
  static String alert(IOException thrown) {
    Matcher alert = ALERT.matcher(text(thrown));
    return alert.find() ? " (" + alert.group(1) + ")" : "";
  }

  private static String text(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElse("");
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }
}
