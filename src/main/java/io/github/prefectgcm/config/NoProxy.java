package io.github.prefectgcm.config;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that {@code NO_PROXY} names, read as <a
 * href="https://curl.se/docs/manpage.html#--noproxy">curl</a> reads it: names with all that ends in
 * them, addresses, and networks in CIDR notation. A port in an entry holds for that port alone, and
 * {@code *} may stand beside others or before a domain, as elsewhere.
 */
final class NoProxy {
  private final List<String> entries;

  NoProxy(String list) {
    entries =
        Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  /** Whether the address is to be reached without a proxy. */
  boolean matches(URI uri) {
    String host = bare(uri.getHost().toLowerCase(Locale.ROOT));
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    Optional<InetAddress> address = address(host);
    return entries.stream()
        .map(entry -> withoutPort(entry, port))
        .anyMatch(entry ->
            entry.equals("*")
                || (address.isPresent()
                    ? isWithin(address.get(), entry)
                    : isBelow(host, entry.replaceFirst("^\\*?\\.", ""))));
  }

  /** An entry for another port keeps its port, and so is like no host. */
  private static String withoutPort(String entry, int port) {
    boolean one = entry.indexOf(':') == entry.lastIndexOf(':') || entry.startsWith("[");
    return one && entry.endsWith(":" + port) ? entry.substring(0, entry.lastIndexOf(':')) : entry;
  }

  private static boolean isBelow(String host, String entry) {
    String domain = withoutDot(entry);
    return !domain.isEmpty()
        && (withoutDot(host).equals(domain) || withoutDot(host).endsWith("." + domain));
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isWithin(InetAddress host, String entry) {
    String[] parts = entry.split("/", 2);
    byte[] one = host.getAddress();
    Optional<byte[]> other = address(bare(parts[0])).map(InetAddress::getAddress);
    if (other.isEmpty() || other.get().length != one.length) {
      return false;
    }
    int all = one.length * 8;
    int bits = parts.length == 1 ? all : bits(parts[1], all);
    for (int bit = 0; bit < bits; bit++) {
      if (((one[bit / 8] ^ other.get()[bit / 8]) & (0x80 >> bit % 8)) != 0) {
        return false;
      }
    }
    return bits >= 0;
  }

  /** Below zero for a text that is no length of a prefix. */
  private static int bits(String text, int most) {
    int bits = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    return bits <= most ? bits : -1;
  }

  /** Without the brackets that an IPv6 address has in a URL, and without its zone. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.replaceAll("^\\[|(%.*)?]$", "") : host;
  }

  /** Only of a literal; no name is looked up. */
  private static Optional<InetAddress> address(String host) {
    boolean literal = host.contains(":") || host.matches("(\\d{1,3}\\.){3}\\d{1,3}");
    try {
      return literal ? Optional.of(InetAddress.ofLiteral(host)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
