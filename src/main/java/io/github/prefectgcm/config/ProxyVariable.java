package io.github.prefectgcm.config;

import io.github.prefectgcm.prefect.http.ProxyServer;
import io.github.prefectgcm.prefect.http.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a variable that names a proxy, read as curl reads it: the scheme may be missing, user
 * and password are percent-encoded and end at the last {@code @}, and a path means nothing.
 */
final class ProxyVariable {
  private static final Pattern TEXT =
      Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^/?#]*)@)?([^/?#@]*)([/?#].*)?");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

  /** What curl, Prefect's own client and the JVM do is not the same; this is what most do. */
  private static final int USUAL_PORT = 80;

  private ProxyVariable() {}

  static ProxyServer read(String variable, String text) throws Unfit {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new Unfit("be one address such as http://host:3128" + encoded(text));
    }
    checkScheme(Optional.ofNullable(parts.group(1)).orElse("http").toLowerCase(Locale.ROOT));
    Matcher server = HOST_AND_PORT.matcher(parts.group(3));
    if (!server.matches()) {
      throw new Unfit("name a host and perhaps a port, such as http://host:3128" + encoded(text));
    }
    int port = Optional.ofNullable(server.group(3)).map(Integer::parseInt).orElse(USUAL_PORT);
    if (!PrefectAddress.isPort(port)) {
      throw new Unfit("have a port from 1 to 65535");
    }
    return new ProxyServer(
        variable,
        Optional.ofNullable(server.group(1)).orElse(server.group(2)),
        port,
        Optional.ofNullable(parts.group(2)).map(ProxyVariable::login));
  }

  private static void checkScheme(String scheme) throws Unfit {
    if (scheme.equals("https")) {
      throw new Unfit(
          "begin with http://, which is how the proxy itself is spoken to; what goes through it to"
              + " an https address is encrypted all the same");
    }
    if (!scheme.equals("http")) {
      throw new Unfit("be an HTTP proxy, such as http://host:3128, not one for " + scheme);
    }
  }

  private static String encoded(String text) {
    return text.contains("@")
        ? "; in a user name and a password / is %2F, ? is %3F and # is %23"
        : "";
  }

  private static ProxyServer.Login login(String text) {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    String password = colon < 0 ? "" : text.substring(colon + 1);
    return new ProxyServer.Login(decoded(user), new Secret(decoded(password)));
  }

  /** A percent sign that begins no code stands for itself. */
  private static String decoded(String text) {
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    var to = new ByteArrayOutputStream();
    for (int i = 0; i < from.length; i++) {
      boolean code = from[i] == '%' && i + 2 < from.length && isHex(from[i + 1], from[i + 2]);
      to.write(
          code ? Character.digit(from[++i], 16) * 16 + Character.digit(from[++i], 16) : from[i]);
    }
    return to.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte one, byte other) {
    return Character.digit(one, 16) >= 0 && Character.digit(other, 16) >= 0;
  }
}
