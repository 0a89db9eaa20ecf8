package io.github.prefectgcm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way to Google through {@code HTTPS_PROXY}. Google's libraries know no such variable, only the
 * JVM's <a
 * href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">system
 * properties</a>.
 */
final class GoogleProxy {
  private GoogleProxy() {}

  /** The properties to set; none if there is no proxy, or if some are set already. */
  static Map<String, String> properties(
      Map<String, String> environment, Map<String, String> present) {
    Optional<URI> proxy = variable(environment, "HTTPS_PROXY").flatMap(GoogleProxy::address);
    if (proxy.isEmpty() || present.containsKey("https.proxyHost")) {
      return Map.of();
    }
    var properties = new LinkedHashMap<String, String>();
    properties.put("https.proxyHost", proxy.get().getHost());
    properties.put(
        "https.proxyPort", proxy.get().getPort() < 0 ? "80" : "" + proxy.get().getPort());
    variable(environment, "NO_PROXY")
        .map(GoogleProxy::patterns)
        .filter(patterns -> !patterns.isEmpty() && !present.containsKey("http.nonProxyHosts"))
        .ifPresent(patterns -> properties.put("http.nonProxyHosts", patterns));
    return properties;
  }

  /** The JVM wants {@code *} for a part of a name, and knows no ports. */
  private static String patterns(String noProxy) {
    return Arrays.stream(noProxy.split(",", -1))
        .map(entry -> entry.strip().replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.equals("*") ? "*" : entry + "|*." + entry)
        .collect(Collectors.joining("|", "localhost|127.*|[::1]|", ""));
  }

  private static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      return Optional.of(uri).filter(proxy -> proxy.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty(); // told with the other settings
    }
  }

  /** Comes in both cases; the lower one wins, as everywhere. */
  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
