package io.github.prefectgcm.embedded.monitoring;

import io.github.prefectgcm.embedded.Identity;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.SocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A gRPC server on a socket of the loopback interface, which can reset its connections. */
final class LoopbackServer implements AutoCloseable {
  private final Queue<Channel> connections = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Server server;

  /** In plaintext, for everybody. */
  LoopbackServer(BindableService service) {
    this(service, builder -> {});
  }

  /** With TLS, for those with a token that it likes. */
  LoopbackServer(BindableService service, Identity identity, Predicate<String> isGood) {
    this(service, builder -> builder.sslContext(tls(identity)).intercept(new TokenCheck(isGood)));
  }

  private LoopbackServer(BindableService service, Consumer<NettyServerBuilder> more) {
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .channelFactory(() -> new ListeningSocket(connections))
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .maxInboundMessageSize(16 * 1024 * 1024)
            .addService(service);
    more.accept(builder);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      stopLoop();
      throw new UncheckedIOException(e);
    }
  }

  private static SslContext tls(Identity identity) {
    try {
      return GrpcSslContexts.configure(SslContextBuilder.forServer(identity.managers())).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getPort();
  }

  /** Ends all connections at once, without the goodbye of HTTP/2 or TCP. */
  void dropConnections() {
    for (Channel connection = connections.poll();
        connection != null;
        connection = connections.poll()) {
      Channel dropped = connection;
      if (!dropped.isOpen()) {
        continue;
      }
      // With no time to linger, closing sends RST.
      ((SocketChannel) dropped).config().setSoLinger(0);
      CompletableFuture.runAsync(dropped.unsafe()::closeForcibly, dropped.eventLoop()).join();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    stopLoop();
  }

  // Returns before the loop has ended: nothing waits for the port.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void stopLoop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Notes the connections that it accepts. */
  private static final class ListeningSocket extends NioServerSocketChannel {
    private final Queue<Channel> accepted;

    ListeningSocket(Queue<Channel> accepted) {
      this.accepted = accepted;
    }

    @Override
    protected int doReadMessages(List<Object> messages) throws Exception {
      int count = super.doReadMessages(messages);
      for (Object message : messages) {
        if (message instanceof Channel connection && !accepted.contains(connection)) {
          accepted.add(connection);
        }
      }
      return count;
    }
  }
}
