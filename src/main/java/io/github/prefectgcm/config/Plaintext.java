package io.github.prefectgcm.config;

import io.github.prefectgcm.prefect.http.Connection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says when a key or a password would cross a network in plaintext that others share. */
public final class Plaintext {
  private static final Pattern SECRET_HEADER =
      Pattern.compile("(?i).*(auth|cookie|token|secret|key|password|assertion).*");

  /** Ends of names that no public name server knows. */
  private static final Set<String> PRIVATE_ENDS =
      Set.of(
          "localhost",
          "local",
          "localdomain",
          "internal",
          "svc",
          "lan",
          "home",
          "home.arpa",
          "corp",
          "intranet",
          "intra",
          "private",
          "consul",
          "docker",
          "test");

  private Plaintext() {}

  public static Optional<String> warning(Connection connection) {
    String host = connection.apiUrl().getHost();
    if (!"http".equalsIgnoreCase(connection.apiUrl().getScheme()) || isPrivate(host)) {
      return Optional.empty();
    }
    return sent(connection)
        .map(what ->
            what
                + " is sent in plaintext to "
                + host
                + ", which is no private host: set PREFECT_API_URL to an https address");
  }

  private static Optional<String> sent(Connection connection) {
    if (connection.apiKey().isPresent()) {
      return Optional.of("PREFECT_API_KEY");
    }
    if (connection.authString().isPresent()) {
      return Optional.of("PREFECT_API_AUTH_STRING");
    }
    return connection.headers().keySet().stream()
        .filter(name -> SECRET_HEADER.matcher(name).matches())
        .findFirst()
        .map(name -> "The header " + name + " of PREFECT_CLIENT_CUSTOM_HEADERS");
  }

  /** By its name or its address alone; nothing is looked up. */
  static boolean isPrivate(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (name.startsWith("[") || name.matches("[\\d.]+")) {
      return isPrivateAddress(name.replaceAll("^\\[|]$", ""));
    }
    return !name.contains(".") || PRIVATE_ENDS.stream().anyMatch(end -> name.endsWith("." + end));
  }

  private static boolean isPrivateAddress(String text) {
    InetAddress address;
    try {
      // A zone names an interface of this machine, so the address is on a link.
      address = InetAddress.ofLiteral(text.replaceFirst("%.*", ""));
    } catch (IllegalArgumentException e) {
      return false;
    }
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean sharedByCarrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return uniqueLocal
        || sharedByCarrier
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress();
  }
}
