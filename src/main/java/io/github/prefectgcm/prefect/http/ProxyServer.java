package io.github.prefectgcm.prefect.http;

import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;

/**
 * An HTTP proxy.
 *
 * @param variable the environment variable that names it, for messages
 * @param host name or address, an IPv6 address without brackets
 */
public record ProxyServer(String variable, String host, int port, Optional<Login> login) {

  /** What a proxy wants to be shown. */
  public record Login(String user, Secret password) {}

  HttpHost address() {
    return new HttpHost("http", host, port);
  }

  /** Sends the login with the first request, without waiting to be asked for it. */
  void introduce(HttpClientContext context) {
    if (login.isPresent()) {
      var basic = new BasicScheme();
      basic.initPreemptive(
          new UsernamePasswordCredentials(
              login.get().user(), login.get().password().reveal().toCharArray()));
      AuthExchange exchange = context.getAuthExchange(address());
      exchange.select(basic);
      exchange.setState(AuthExchange.State.SUCCESS);
    }
  }
}
