package io.github.prefectgcm.benchmark;

import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.protobuf.Message;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Makes the calls of a recorded execution one after the other, with the same libraries, and throws
 * the answers away: what the job would take if it did nothing itself. It is as lean as these
 * libraries go: the smallest HTTP client, no TLS where it is not needed, and one network thread
 * that is stopped before the exit. It takes addresses and keys from the job's own settings.
 */
final class BareClient {
  private BareClient() {}

  /** Argument: a recording. */
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    System.setProperty("io.grpc.netty.shaded.io.netty.jfr.enabled", "false");
    System.setProperty("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    var recording = Recording.load(Path.of(arguments[0]));
    askPrefect(recording, setting("PREFECT_API_URL").orElseThrow());
    callCloudMonitoring(recording);
    System.exit(0);
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  private static void askPrefect(Recording recording, String apiUrl) throws IOException {
    var connections = PoolingHttpClientConnectionManagerBuilder.create();
    if (!apiUrl.startsWith("https:")) {
      connections.setTlsSocketStrategy(BareClient::noTls);
    }
    try (var client = HttpClients.createMinimal(connections.build())) {
      for (Recording.Exchange exchange : recording.requests()) {
        HttpUriRequestBase request = request(exchange, apiUrl);
        request.setHeader("accept-encoding", "gzip");
        setting("PREFECT_API_KEY")
            .ifPresent(key -> request.setHeader("authorization", "Bearer " + key));
        boolean _ = client.execute(request, BareClient::readToTheEnd);
      }
    }
  }

  private static SSLSocket noTls(
      Socket socket, String host, int port, Object attachment, HttpContext context)
      throws IOException {
    throw new IOException("TLS on a plain connection");
  }

  private static HttpUriRequestBase request(Recording.Exchange exchange, String apiUrl) {
    if (exchange.method().equals("GET")) {
      return new HttpGet(apiUrl + exchange.path());
    }
    var post = new HttpPost(apiUrl + exchange.path());
    post.setEntity(
        new ByteArrayEntity(
            exchange.body().getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
    return post;
  }

  private static boolean readToTheEnd(ClassicHttpResponse response) throws IOException {
    if (response.getCode() != HttpStatus.SC_OK) {
      throw new IOException("status " + response.getCode());
    }
    try (InputStream raw = response.getEntity().getContent();
        InputStream body =
            response.containsHeader("Content-Encoding") ? new GZIPInputStream(raw) : raw) {
      return body.transferTo(OutputStream.nullOutputStream()) > 0;
    }
  }

  private static void callCloudMonitoring(Recording recording)
      throws IOException, InterruptedException {
    var thread =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().factory(), NioIoHandler.newFactory());
    Optional<String> plain = setting("MONITORING_EMULATOR_HOST");
    var channel =
        MetricServiceSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(plain.or(() -> setting("MONITORING_ENDPOINT")).orElseThrow())
            .setChannelConfigurator(builder -> {
              if (plain.isPresent()) {
                builder.usePlaintext();
              }
              return ((NettyChannelBuilder) builder)
                  .channelType(NioSocketChannel.class, InetSocketAddress.class)
                  .eventLoopGroup(thread);
            })
            .build();
    var settings =
        MetricServiceSettings.newBuilder()
            .setTransportChannelProvider(channel)
            .setBackgroundExecutorProvider(
                InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(1).build());
    if (plain.isPresent()) {
      settings.setCredentialsProvider(NoCredentialsProvider.create());
    }
    try (var client = MetricServiceClient.create(settings.build())) {
      for (Message call : recording.calls()) {
        switch (call) {
          case CreateTimeSeriesRequest create -> client.createTimeSeriesCallable().call(create);
          case ListTimeSeriesRequest list -> {
            var _ = client.listTimeSeriesCallable().call(list);
          }
          default -> throw new IllegalArgumentException(call.getClass().getName());
        }
      }
    }
    var _ = thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(1_000);
  }
}
