package io.github.prefectgcm.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The <a href="https://cloud.google.com/run/docs/container-contract#metadata-server">metadata
 * server</a>, which tells a process on Google Cloud its project and gives it access tokens.
 */
public final class EmbeddedMetadataServer implements AutoCloseable {
  private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default";

  private final HttpServer server;
  private final Map<String, String> answers;
  private final Queue<String> paths = new ConcurrentLinkedQueue<>();

  public EmbeddedMetadataServer(String project, String token) throws IOException {
    answers =
        Map.of(
            "/",
            "computeMetadata/\n",
            "/computeMetadata/v1/project/project-id",
            project,
            "/computeMetadata/v1/universe/universe-domain",
            "googleapis.com",
            ACCOUNT + "/email",
            "prefect-gcm@" + project + ".iam.gserviceaccount.com",
            ACCOUNT + "/token",
            "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                .formatted(token));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** As {@code GCE_METADATA_HOST} wants it. */
  public String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  /** How many tokens it gave. */
  public long tokens() {
    return paths.stream().filter(path -> path.equals(ACCOUNT + "/token")).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    paths.add(path);
    boolean asked = "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"));
    String answer = answers.getOrDefault(path, "");
    int status = asked ? (answer.isEmpty() ? 404 : 200) : 403;
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Metadata-Flavor", "Google");
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.endsWith("/token") ? "application/json" : "application/text");
    exchange.sendResponseHeaders(status, status == 200 ? body.length : -1);
    if (status == 200) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
