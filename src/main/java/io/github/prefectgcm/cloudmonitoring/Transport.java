package io.github.prefectgcm.cloudmonitoring;

import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Channels on one daemon thread of our own. A thread of netty's that still waits for the network
 * when the JVM exits holds it up for 0.3 s; netty's shared ones outlive their channels, this one
 * does not.
 */
final class Transport implements AutoCloseable {
  /** A refusal that names 200 series with long labels passes gRPC's default of 8 KiB. */
  private static final int LONGEST_ERROR = 1 << 20;

  private static final long PATIENCE_MS = 1_000;

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(
          1,
          Thread.ofPlatform().daemon().name("cloud-monitoring").factory(),
          NioIoHandler.newFactory());

  /** It starts to connect as soon as it is made. */
  TransportChannelProvider channel(Endpoint endpoint) {
    return MetricServiceSettings.defaultGrpcTransportProviderBuilder()
        .setEndpoint(endpoint.address())
        .setMaxInboundMetadataSize(LONGEST_ERROR)
        .setChannelConfigurator(builder -> configure(builder, endpoint.emulated()))
        .setChannelPrimer(channel -> channel.getState(true))
        .build();
  }

  @Override
  public void close() {
    try {
      thread.shutdownGracefully(0, PATIENCE_MS, TimeUnit.MILLISECONDS).await(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ManagedChannelBuilder<?> configure(ManagedChannelBuilder<?> builder, boolean plaintext) {
    if (plaintext) {
      builder.usePlaintext();
    }
    return ((NettyChannelBuilder) builder)
        .channelType(NioSocketChannel.class, InetSocketAddress.class)
        .eventLoopGroup(thread);
  }
}
