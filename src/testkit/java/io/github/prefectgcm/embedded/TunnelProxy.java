package io.github.prefectgcm.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * An HTTP proxy on loopback: tunnels for CONNECT, one forwarded request per connection else. It
 * alone knows where hosts under {@code .test} are: on loopback; and where some other servers are
 * that it was told of.
 */
public final class TunnelProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int status;
  private final Optional<String> credentials;
  private final Map<String, Integer> known = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Answers 200 and does its work, or another status and nothing else. */
  public TunnelProxy(int status) {
    this(status, Optional.empty());
  }

  /** Does its work for those who show {@code user:password}, and asks others for it. */
  public static TunnelProxy wanting(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return new TunnelProxy(200, Optional.of(Base64.getEncoder().encodeToString(bytes)));
  }

  private TunnelProxy(int status, Optional<String> credentials) {
    this.status = status;
    this.credentials = credentials;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** From now on it knows that {@code host:port} is on this port of loopback. */
  public void know(String server, int port) {
    known.put(server, port);
  }

  /** What came before the first blank line of each connection. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      List<String> words = List.of(head.split(" ", 3));
      if (status != 200) {
        reply(client, "HTTP/1.1 " + status + " No\r\ncontent-length: 0\r\nconnection: close\r\n");
        return;
      }
      if (credentials.filter(its -> !head.contains(": Basic " + its + "\r\n")).isPresent()) {
        reply(
            client,
            String.join(
                "\r\n",
                "HTTP/1.1 407 No",
                "proxy-authenticate: Basic realm=\"proxy\"",
                "content-length: 0",
                "connection: close",
                ""));
        return;
      }
      boolean tunnel = words.getFirst().equals("CONNECT");
      URI target = URI.create(tunnel ? "tunnel://" + words.get(1) : words.get(1));
      boolean local =
          target.getHost().endsWith(".test") || known.containsKey(target.getAuthority());
      String host = local ? "127.0.0.1" : target.getHost();
      int port = known.getOrDefault(target.getAuthority(), target.getPort());
      try (var server = new Socket(host, port)) {
        sockets.add(server);
        if (tunnel) {
          reply(client, "HTTP/1.1 200 OK\r\n");
        } else {
          String direct = head.replace(words.get(1), target.getRawPath());
          server.getOutputStream().write(direct.getBytes(StandardCharsets.ISO_8859_1));
        }
        threads.execute(() -> pump(client, server));
        pump(server, client);
      }
    } catch (IOException | RejectedExecutionException e) {
      // One side went away.
    }
  }

  private static void reply(Socket client, String head) throws IOException {
    client.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no head");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void pump(Socket from, Socket to) {
    try {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One side went away.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
