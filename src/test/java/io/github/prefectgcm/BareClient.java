package io.github.prefectgcm;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Makes the calls of a recorded execution one after the other, with the same libraries, and throws
 * the answers away: what the job would take if it did nothing itself. It is as lean as these
 * libraries go: the smallest HTTP client, and one network thread that is stopped before the exit.
 */
final class BareClient {
  private BareClient() {}

  /** Arguments: a recording, Prefect's API URL, and host:port of Cloud Monitoring. */
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    var recording = Recording.load(Path.of(arguments[0]));
    askPrefect(recording, arguments[1]);
    callCloudMonitoring(recording, arguments[2]);
    System.exit(0);
  }

  private static void askPrefect(Recording recording, String apiUrl) throws IOException {
    try (var client = HttpClients.createMinimal()) {
      for (Recording.Exchange exchange : recording.requests()) {
        HttpUriRequestBase request = request(exchange, apiUrl);
        request.setHeader("accept-encoding", "gzip");
        boolean _ = client.execute(request, BareClient::readToTheEnd);
      }
    }
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

  private static void callCloudMonitoring(Recording recording, String address)
      throws IOException, InterruptedException {
    var thread =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().factory(), NioIoHandler.newFactory());
    var channel =
        MetricServiceSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(address)
            .setChannelConfigurator(builder ->
                ((NettyChannelBuilder) builder)
                    .usePlaintext()
                    .channelType(NioSocketChannel.class, InetSocketAddress.class)
                    .eventLoopGroup(thread))
            .build();
    var settings =
        MetricServiceSettings.newBuilder()
            .setTransportChannelProvider(channel)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = MetricServiceClient.create(settings)) {
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
