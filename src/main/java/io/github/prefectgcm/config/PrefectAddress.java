package io.github.prefectgcm.config;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address of Prefect's API, or says which part of it cannot be so, and what to write
 * instead where that is known.
 */
final class PrefectAddress {
  static final String EXAMPLE = "http://localhost:4200/api";

  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#\\\\]*)([^?#]*)(\\?[^#]*)?(#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\]]*]|[^\\[\\]:]*)(?::([^:]*))?");
  private static final Pattern KEY = Pattern.compile("pn[ub]_.*");
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile("[\\w.-]*[A-Za-z0-9][\\w.-]*(:\\d+)?(/.*)?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  /** Pages of Prefect's user interface, and routes of its API: neither is the API's own address. */
  private static final Pattern PAGE =
      Pattern.compile(
          "(?i)(.*?)/(dashboard|runs|flow-runs|flows|deployments|work-pools|work-queues|blocks"
              + "|variables|automations|events|artifacts|concurrency-limits|notifications|settings"
              + "|login|docs|redoc|openapi\\.json|health|ready|hello|admin|flow_runs|work_pools"
              + "|csrf-token)(/.*)?");

  private final SettingValues values;

  PrefectAddress(SettingValues values) {
    this.values = values;
  }

  Optional<URI> read() {
    Optional<String> text = values.text(Setting.PREFECT_API_URL);
    if (text.isEmpty()) {
      if (!values.isFlawed(Setting.PREFECT_API_URL)) {
        values.problem(
            "PREFECT_API_URL is not set; it must be the address of Prefect's API, such as "
                + EXAMPLE);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(read(text.get()));
    } catch (Unfit e) {
      values.problem("PREFECT_API_URL is " + shown(text.get()) + "; it must " + e.demand());
      return Optional.empty();
    }
  }

  /** The text may hold a password, a token or a key; it is not repeated then. */
  private static String shown(String text) {
    if (KEY.matcher(text).matches()) {
      return "an API key";
    }
    if (text.contains("@")) {
      return "an address with a user name";
    }
    if (text.contains("?")) {
      return "an address with a query";
    }
    boolean address =
        text.contains("//")
            || text.matches("(?i)https?:.*")
            || WITHOUT_SCHEME.matcher(text).matches();
    return address ? SettingValues.printable(text) : "no address";
  }

  private static URI read(String text) throws Unfit {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw withoutScheme(text);
    }
    String scheme = address.group(1).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(address.group(2));
    String path = address.group(3).replaceAll("/+$", "");
    if (authority.matches()) {
      PrefectCloud.check(scheme, authority.group(1), path);
    }
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new Unfit("begin with http:// or https://, such as " + EXAMPLE);
    }
    checkWhole(address);
    if (!authority.matches()) {
      throw new Unfit("have an IPv6 address in brackets, such as http://[::1]:4200/api");
    }
    checkHost(authority.group(1));
    checkPort(Optional.ofNullable(authority.group(2)));
    checkPath(text, path);
    return uri(text.replaceAll("/+$", ""));
  }

  private static Unfit withoutScheme(String text) throws Unfit {
    if (KEY.matcher(text).matches()) {
      return new Unfit("be the address of the API; the key goes into PREFECT_API_KEY");
    }
    if (text.matches("(?i)https?:?/*[^/:].*|:?//.*") || !WITHOUT_SCHEME.matcher(text).matches()) {
      return new Unfit("begin with http:// or https://, such as " + EXAMPLE);
    }
    Matcher assumed = ADDRESS.matcher("https://" + text);
    if (assumed.matches()) {
      String host = assumed.group(2).replaceFirst(":.*", "");
      PrefectCloud.check("", host, assumed.group(3));
    }
    return new Unfit("begin with http:// or https://, such as http://" + text);
  }

  private static void checkWhole(Matcher address) throws Unfit {
    if (address.group(2).contains("@")) {
      throw new Unfit(
          "have no user name or password: those go into PREFECT_API_AUTH_STRING, and the address"
              + " is one such as "
              + EXAMPLE);
    }
    if (address.group().contains("\\")) {
      throw new Unfit("have slashes, not backslashes");
    }
    if (address.group().matches(".*[\\s,;].*")) {
      throw new Unfit("be one address, without spaces, commas and semicolons");
    }
    if (address.group(4) != null || address.group(5) != null) {
      throw new Unfit("have no query or fragment (what follows ? or #), such as " + EXAMPLE);
    }
  }

  private static void checkHost(String host) throws Unfit {
    if (host.isEmpty()) {
      throw new Unfit("name a host, such as " + EXAMPLE);
    }
    if (host.contains("_")) {
      throw new Unfit(
          "be an address whose host name has no underscore; give the server an alias without one");
    }
    if (!host.chars().allMatch(c -> c < 128)) {
      throw new Unfit("have its host name in ASCII" + ascii(host));
    }
  }

  private static String ascii(String host) {
    try {
      return ": " + IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void checkPort(Optional<String> port) throws Unfit {
    if (port.isPresent()
        && !(PORT.matcher(port.get()).matches() && isPort(Integer.parseInt(port.get())))) {
      throw new Unfit("have a port from 1 to 65535 after the host's colon");
    }
  }

  static boolean isPort(int port) {
    return port > 0 && port < 65_536;
  }

  private static void checkPath(String text, String path) throws Unfit {
    if (path.contains("//") || !path.chars().allMatch(c -> c < 128)) {
      throw new Unfit("have a path of ASCII characters without empty parts, such as /api");
    }
    Matcher page = PAGE.matcher(path);
    if (page.matches() && !path.endsWith("/api")) {
      String root = text.substring(0, text.indexOf('/', text.indexOf("://") + 3));
      throw new Unfit(
          "be the address of the API, not one of its routes or a page: perhaps "
              + root
              + page.group(1).replaceFirst("/api$", "")
              + "/api");
    }
  }

  private static URI uri(String text) throws Unfit {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new Unfit("have a host and a path of letters, digits, hyphens and dots");
    }
    if (uri.getHost() == null) {
      throw new Unfit("have a host name of letters, digits, hyphens and dots");
    }
    return uri;
  }
}
