package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/** The connections to one API: sends a request and reads its answer, once. */
final class HttpConnections implements AutoCloseable {
  static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 8;
  private static final int REDIRECTS = 3;

  /** Prefect's server drops a connection that was idle for 5 s. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(4);

  private final CloseableHttpClient client;
  private final Time time;
  private final Optional<ProxyServer> proxy;
  private final Optional<Tls> tls;
  private final URI apiUrl;
  private final Map<String, String> headers;

  private HttpConnections(
      CloseableHttpClient client, Optional<Tls> tls, Connection connection, Time time) {
    this.client = client;
    this.time = time;
    this.proxy = connection.proxy();
    this.tls = tls;
    this.apiUrl = connection.apiUrl();
    this.headers = headers(connection);
  }

  /** Loads what the connection needs, and no more; touches no network. */
  static HttpConnections open(Connection connection, Time time) throws SourceException {
    boolean secure = "https".equalsIgnoreCase(connection.apiUrl().getScheme());
    Optional<Tls> tls = secure ? Optional.of(Tls.trusting(connection.caFile())) : Optional.empty();
    var config =
        ConnectionConfig.custom()
            .setConnectTimeout(CONNECT_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    var pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setTlsSocketStrategy(tls.map(Tls::strategy).orElseGet(Tls::none))
            .setDefaultConnectionConfig(config)
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .build();
    var client =
        HttpClientBuilder.create()
            .setConnectionManager(pool)
            .setRoutePlanner(planner(connection.proxy()))
            .setKeepAliveStrategy((response, context) -> IDLE)
            .setUserAgent(UserAgent.TEXT)
            .setDefaultAuthSchemeRegistry(name -> null)
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableConnectionState()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .build();
    return new HttpConnections(client, tls, connection, time);
  }

  private static HttpRoutePlanner planner(Optional<ProxyServer> proxy) {
    return proxy.isPresent()
        ? new DefaultProxyRoutePlanner(proxy.get().address())
        : new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE);
  }

  private static Map<String, String> headers(Connection connection) {
    var headers = new HashMap<String, String>();
    headers.put("accept", "application/json");
    headers.put("accept-encoding", "gzip");
    connection.apiKey().ifPresent(key -> headers.put("authorization", "Bearer " + key.reveal()));
    connection
        .authString()
        .ifPresent(text -> {
          byte[] bytes = text.reveal().getBytes(StandardCharsets.UTF_8);
          headers.put("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        });
    connection
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.reveal()));
    return Map.copyOf(headers);
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @param extra headers of this request alone
   * @param limit for each wait in it; the sum of them is for the caller to limit
   * @param aborts is told how to break it off: an interrupt does not reach a thread that reads
   */
  <T> Response<T> ask(
      Request request,
      Map<String, String> extra,
      Decoder<T> decoder,
      Duration limit,
      Consumer<Runnable> aborts)
      throws IOException, SourceException {
    URI uri = request.under(apiUrl);
    Response<T> reply = ask(request, uri, extra, decoder, limit, aborts);
    for (int hop = 0; hop < REDIRECTS; hop++) {
      Optional<URI> next = followed(request, uri, reply);
      if (next.isEmpty()) {
        break;
      }
      uri = next.get();
      reply = ask(request, uri, extra, decoder, limit, aborts);
    }
    return reply;
  }

  /** Only a GET may go on elsewhere, and only on the same server: the keys go with it. */
  private static Optional<URI> followed(Request request, URI from, Response<?> reply) {
    return reply instanceof Response.Refusal<?> refusal
            && refusal.isRedirect()
            && request.body().isEmpty()
        ? refusal.location().map(from::resolve).filter(to -> origin(to).equals(origin(from)))
        : Optional.empty();
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private <T> Response<T> ask(
      Request request,
      URI uri,
      Map<String, String> extra,
      Decoder<T> decoder,
      Duration limit,
      Consumer<Runnable> aborts)
      throws IOException, SourceException {
    var context = HttpClientContext.create();
    proxy.ifPresent(its -> its.introduce(context));
    HttpUriRequestBase message = message(request, uri);
    headers.forEach(message::setHeader);
    extra.forEach(message::setHeader);
    message.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .setResponseTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .setAuthenticationEnabled(false)
            // An Upgrade header makes some versions of Prefect's web server lose the body.
            .setProtocolUpgradeEnabled(false)
            .build());
    aborts.accept(message::abort);
    var host = new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
    try (var response = client.executeOpen(host, message, context)) {
      Instant now = time.instant();
      boolean byProxy =
          response.getCode() == 407 || (tls.isPresent() && context.getSSLSession() == null);
      return ResponseReader.read(response, now, byProxy, decoder);
    } catch (IOException e) {
      throw tls.filter(its -> its.keys().wereAskedFor()).isPresent() ? new CertificateWanted(e) : e;
    }
  }

  private static HttpUriRequestBase message(Request request, URI uri) {
    if (request.body().isEmpty()) {
      return new HttpGet(uri);
    }
    var post = new HttpPost(uri);
    post.setEntity(
        new ByteArrayEntity(request.body().get(), ContentType.create("application/json")));
    return post;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
