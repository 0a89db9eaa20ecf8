package io.github.prefectgcm;

import java.net.URI;
import java.util.Locale;

/** The usual reading of {@code NO_PROXY}: hosts, domains, {@code host:port} and {@code *}. */
final class NoProxy {
  private NoProxy() {}

  /** Whether the address is to be reached without a proxy. */
  static boolean matches(String list, URI url) {
    String host = withoutBrackets(url.getHost().toLowerCase(Locale.ROOT));
    int port =
        url.getPort() > 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    for (String each : list.split(",", -1)) {
      String entry = each.strip().toLowerCase(Locale.ROOT);
      if (entry.endsWith(":" + port)) {
        entry = entry.substring(0, entry.length() - ("" + port).length() - 1);
      }
      String domain = withoutBrackets(entry.replaceFirst("^\\*?\\.", ""));
      if (entry.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  /** Of an IPv6 address, which an URL has in brackets. */
  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
