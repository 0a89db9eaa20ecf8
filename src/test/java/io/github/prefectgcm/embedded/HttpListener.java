package io.github.prefectgcm.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/**
 * HTTP/1.1 over real sockets, one virtual thread per connection. Written out, as a ready-made
 * server can neither reset a connection nor lie about a length.
 */
final class HttpListener implements AutoCloseable {
  /** Prefect's server closes idle connections after 5 s. */
  private static final int IDLE_MILLIS = 5_000;

  private static final int GZIP_FROM = 500;
  private static final int LONGEST_LINE = 65_536;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ServerSocket listener;
  private final InstantSource clock;
  private final Function<Request, Response> server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  HttpListener(Optional<SSLContext> tls, InstantSource clock, Function<Request, Response> server) {
    this.clock = clock;
    this.server = server;
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      listener =
          tls.isPresent()
              ? tls.get().getServerSocketFactory().createServerSocket(0, 256, loopback)
              : new ServerSocket(0, 256, loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  void forgetMostAtOnce() {
    mostAtOnce.set(0);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException | RejectedExecutionException e) {
        // Closed, or a client that was gone before it was there.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      connection.setSoTimeout(IDLE_MILLIS);
      var in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      boolean open = true;
      while (open && closed.getCount() > 0) {
        Optional<Request> request = read(in);
        open = request.isPresent() && answer(request.get(), connection, out);
      }
    } catch (IOException | InterruptedException e) {
      // The client went away, or the server is being closed.
    } finally {
      connections.remove(connection);
    }
  }

  private boolean answer(Request request, Socket connection, OutputStream out)
      throws IOException, InterruptedException {
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return write(request, server.apply(request), connection, out);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private static Optional<Request> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] words = first.split(" ", -1);
    var headers = new HashMap<String, String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Request(words[0], words[1], Map.copyOf(headers), body));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line without end");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Returns whether the connection stays open. */
  private boolean write(Request request, Response response, Socket connection, OutputStream out)
      throws IOException, InterruptedException {
    boolean keepAlive = !request.header("connection").orElse("").equalsIgnoreCase("close");
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    var headers = new HashMap<>(response.headers());
    headers.putIfAbsent("date", DATE.format(clock.instant()));
    headers.putIfAbsent("server", "uvicorn");
    if (body.length >= GZIP_FROM && request.header("accept-encoding").orElse("").contains("gzip")) {
      body = gzip(body);
      headers.put("content-encoding", "gzip");
      headers.put("vary", "Accept-Encoding");
    }
    if (!keepAlive) {
      headers.put("connection", "close");
    }
    byte[] head = head(response.status(), headers, body.length);
    return switch (response.delivery()) {
      case Response.Whole() -> {
        send(out, head, body, body.length);
        yield keepAlive;
      }
      case Response.Late(var pause) -> {
        Thread.sleep(pause);
        send(out, head, body, body.length);
        yield keepAlive;
      }
      case Response.Cut(double share) -> {
        send(out, head, body, (int) (body.length * share));
        yield false;
      }
      case Response.Reset() -> {
        // With no time to linger, closing a socket sends RST.
        connection.setSoLinger(true, 0);
        yield false;
      }
      case Response.Silence() -> {
        closed.await();
        yield false;
      }
      case Response.Trickle(int chunk, var pause) -> {
        send(out, head, body, 0);
        for (int sent = 0; sent < body.length; sent += chunk) {
          Thread.sleep(pause);
          out.write(body, sent, Math.min(chunk, body.length - sent));
          out.flush();
        }
        yield keepAlive;
      }
    };
  }

  private static void send(OutputStream out, byte[] head, byte[] body, int length)
      throws IOException {
    var bytes = new ByteArrayOutputStream(head.length + length);
    bytes.writeBytes(head);
    bytes.write(body, 0, length);
    bytes.writeTo(out);
    out.flush();
  }

  private static byte[] head(int status, Map<String, String> headers, int length) {
    var head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body);
    }
    return zipped.toByteArray();
  }
}
