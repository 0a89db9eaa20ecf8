package io.github.prefectgcm.prefect;

import io.github.prefectgcm.history.SourceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;

/** The HTTP proxy that a connection goes through. */
record Proxy(HttpHost host, Optional<UsernamePasswordCredentials> credentials) {

  static Proxy parse(Secret secret) throws SourceException {
    try {
      var uri = new URI(secret.reveal());
      if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(
            new HttpHost("http", uri.getHost(), port),
            Optional.ofNullable(uri.getRawUserInfo()).map(Proxy::credentials));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Its message would quote the password.
    }
    throw SourceException.lasting(
        "HTTPS_PROXY cannot be used: it must read http://host:port or"
            + " http://user:password@host:port");
  }

  private static UsernamePasswordCredentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new UsernamePasswordCredentials(decoded(user), decoded(password).toCharArray());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Sends the credentials with the first request, without waiting to be asked for them. */
  void introduce(HttpClientContext context) {
    if (credentials.isPresent()) {
      var basic = new BasicScheme();
      basic.initPreemptive(credentials.get());
      AuthExchange exchange = context.getAuthExchange(host);
      exchange.select(basic);
      exchange.setState(AuthExchange.State.SUCCESS);
    }
  }
}
