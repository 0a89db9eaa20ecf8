package io.github.prefectgcm.embedded.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The <a href="https://cloud.google.com/run/docs/container-contract#metadata-server">metadata
 * server</a>, which tells a process on Google Cloud its project and gives it access tokens.
 */
public final class EmbeddedMetadataServer implements AutoCloseable {
  private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default";

  /** The routes of a token, of the project, and of the name of the service account. */
  public static final String TOKEN = ACCOUNT + "/token";

  public static final String PROJECT = "/computeMetadata/v1/project/project-id";
  public static final String EMAIL = ACCOUNT + "/email";
  public static final String UNIVERSE = "/computeMetadata/v1/universe/universe-domain";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("metadata-", 0).factory());
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final CountDownLatch awake = new CountDownLatch(1);
  private final Queue<String> paths = new ConcurrentLinkedQueue<>();

  private record Answer(int status, String body) {}

  public EmbeddedMetadataServer(String project, String token) throws IOException {
    answer("/", 200, "computeMetadata/\n");
    answer(PROJECT, 200, project);
    answer(UNIVERSE, 200, "googleapis.com");
    answer(EMAIL, 200, "prefect-gcm@" + project + ".iam.gserviceaccount.com");
    answer(
        TOKEN,
        200,
        "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}".formatted(token));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** From now on a route is answered so. */
  public void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** From now on these routes are accepted and not answered, until {@link #wake}. */
  public void silence(String... routes) {
    silent.addAll(List.of(routes));
  }

  /** Answers what waits for an answer. */
  public void wake() {
    awake.countDown();
  }

  /** As {@code GCE_METADATA_HOST} wants it. */
  public String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  /** How many tokens it gave. */
  public long tokens() {
    return asked(TOKEN);
  }

  /** How often a route was asked for. */
  public long asked(String route) {
    return paths.stream().filter(route::equals).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    paths.add(path);
    if (silent.contains(path)) {
      try {
        awake.await();
      } catch (InterruptedException e) {
        exchange.close();
        return;
      }
    }
    boolean asked = "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"));
    Answer answer = asked ? answers.getOrDefault(path, new Answer(404, "")) : new Answer(403, "");
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.endsWith("/token") ? "application/json" : "application/text");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
