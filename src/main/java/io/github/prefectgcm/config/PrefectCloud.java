package io.github.prefectgcm.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Prefect Cloud's API is addressed. A browser shows another address for the same workspace, and
 * over http Cloud would get the key in plaintext before it redirects.
 */
final class PrefectCloud {
  private static final String HOST = "api.prefect.cloud";
  private static final String FORM = "https://" + HOST + "/api/accounts/%s/workspaces/%s";

  /** Hosts of which it is known what they serve; others may be private ways to the same API. */
  private static final Set<String> KNOWN =
      Set.of(HOST, "app.prefect.cloud", "prefect.cloud", "www.prefect.cloud", "cloud.prefect.io");

  private static final Pattern IDS =
      Pattern.compile("(?i).*?/accounts?/([^/]+)/workspaces?/([^/]+).*");
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]+");

  private PrefectCloud() {}

  static boolean isHost(String host) {
    String plain = plain(host);
    return KNOWN.contains(plain) || plain.endsWith(".prefect.cloud");
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
  }

  /** Does nothing for another server's address, or for one that is right. */
  static void check(String scheme, String host, String path) throws Unfit {
    if (!isHost(host)) {
      return;
    }
    Matcher ids = IDS.matcher(path);
    boolean named = ids.matches() && isId(ids.group(1)) && isId(ids.group(2));
    String right =
        named
            ? FORM.formatted(ids.group(1), ids.group(2))
            : FORM.formatted("…", "…") + ", as `prefect config view` shows it";
    if (scheme.equals("http")) {
      throw new Unfit("begin with https, or the key would be sent in plaintext: it is " + right);
    }
    boolean elsewhere = !KNOWN.contains(plain(host)) && !named;
    boolean api = !KNOWN.contains(plain(host)) || host.equalsIgnoreCase(HOST);
    boolean isRight = api && named && right.endsWith(HOST + path);
    if (!scheme.equals("https") || !(elsewhere || isRight)) {
      throw new Unfit("be " + right);
    }
  }

  private static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
