package io.github.prefectgcm.embedded.prefect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okio.Buffer;

/** HTTP/1.1 over real sockets: what a server answers, and how it reaches the client. */
final class HttpListener implements AutoCloseable {
  private static final int GZIP_FROM = 500;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final Function<ReceivedRequest, ServerResponse> answers;
  private final MockWebServer server = new MockWebServer();
  private final Connections connections = new Connections();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile Runnable silence = () -> {};

  HttpListener(
      Optional<SSLContext> tls,
      InstantSource clock,
      Function<ReceivedRequest, ServerResponse> answers) {
    this.clock = clock;
    this.answers = answers;
    server.setServerSocketFactory(connections);
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    tls.ifPresent(context -> server.useHttps(context.getSocketFactory()));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest recorded) throws InterruptedException {
            // It keeps each request until somebody takes it.
            server.takeRequest();
            return answer(recorded);
          }
        });
  }

  void start() {
    try {
      server.start(InetAddress.getLoopbackAddress(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  void forgetMostAtOnce() {
    mostAtOnce.set(0);
  }

  @Override
  public void close() {
    server.close();
  }

  private MockResponse answer(RecordedRequest recorded) {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      ReceivedRequest request = request(recorded);
      return mock(request, answers.apply(request), recorded.getConnectionIndex());
    } finally {
      underWay.decrementAndGet();
    }
  }

  void onSilence(Runnable action) {
    silence = action;
  }

  private static ReceivedRequest request(RecordedRequest recorded) {
    var headers = new HashMap<String, String>();
    recorded
        .getHeaders()
        .forEach(
            header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
    String body = recorded.getBody() == null ? "" : recorded.getBody().utf8();
    return new ReceivedRequest(
        recorded.getMethod(), recorded.getTarget(), Map.copyOf(headers), body);
  }

  private MockResponse mock(ReceivedRequest request, ServerResponse response, int connection) {
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<>(response.headers());
    headers.putIfAbsent("date", DATE.format(clock.instant()));
    headers.putIfAbsent("server", "uvicorn");
    if (body.length >= GZIP_FROM && request.header("accept-encoding").orElse("").contains("gzip")) {
      body = gzip(body);
      headers.put("content-encoding", "gzip");
      headers.put("vary", "Accept-Encoding");
    }
    var mock = new MockResponse.Builder().code(response.status()).body(new Buffer().write(body));
    headers.forEach(mock::setHeader);
    if (request.header("connection").orElse("").equalsIgnoreCase("close")) {
      mock.setHeader("connection", "close").onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
    }
    return deliver(mock, response.delivery(), connection).build();
  }

  private MockResponse.Builder deliver(
      MockResponse.Builder mock, ServerResponse.Delivery delivery, int connection) {
    return switch (delivery) {
      case ServerResponse.Whole() -> mock;
      case ServerResponse.Last() -> mock.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
      case ServerResponse.Late(var pause) ->
          mock.headersDelay(pause.toNanos(), TimeUnit.NANOSECONDS);
      case ServerResponse.Cut() -> mock.onResponseBody(new SocketEffect.CloseSocket());
      case ServerResponse.Reset() -> {
        connections.resetWhenClosed(connection);
        yield mock.onResponseStart(new SocketEffect.CloseSocket());
      }
      case ServerResponse.Silence() -> {
        silence.run();
        yield mock.onResponseStart(SocketEffect.Stall.INSTANCE);
      }
      case ServerResponse.Trickle(int chunk, var pause) -> {
        silence.run();
        yield mock.throttleBody(chunk, pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }

  private static byte[] gzip(byte[] body) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** The sockets below the server, in the order in which it numbers its connections. */
  private static final class Connections extends ServerSocketFactory {
    /** Prefect's server closes idle connections after 5 s. */
    private static final int IDLE_MILLIS = 5_000;

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    /** With no time to linger, closing a socket sends RST. */
    void resetWhenClosed(int connection) {
      try {
        accepted.get(connection).setSoLinger(true, 0);
      } catch (SocketException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket() {
        @Override
        public Socket accept() throws IOException {
          Socket socket = super.accept();
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(IDLE_MILLIS);
          accepted.add(socket);
          return socket;
        }
      };
    }

    @Override
    public ServerSocket createServerSocket(int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
      throw new UnsupportedOperationException();
    }
  }
}
