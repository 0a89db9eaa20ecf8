package io.github.prefectgcm.contract;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Prefect server, started for a test on a free port with an empty database. Its executable
 * is {@code PREFECT_TEST_EXECUTABLE}, else the first {@code prefect} on the path; a Python with
 * Prefect's client has to lie beside it.
 */
final class RealPrefect implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration FILL = Duration.ofMinutes(4);

  private final Optional<Process> server;
  private final Path home;
  private final Path executable;
  private final URI apiUrl;

  private RealPrefect(Optional<Process> server, Path home, Path executable, URI apiUrl) {
    this.server = server;
    this.home = home;
    this.executable = executable;
    this.apiUrl = apiUrl;
  }

  static Optional<Path> executable() {
    String given = System.getenv("PREFECT_TEST_EXECUTABLE");
    Stream<Path> candidates =
        given != null
            ? Stream.of(Path.of(given))
            : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "prefect"));
    return candidates.filter(Files::isExecutable).map(Path::toAbsolutePath).findFirst();
  }

  /**
   * The server at {@code PREFECT_TEST_API_URL}, which has to be empty and to have these settings,
   * else a new one. Lets the contract be held against another database than SQLite.
   */
  static RealPrefect givenOrStarted(Map<String, String> settings) throws Exception {
    String url = System.getenv("PREFECT_TEST_API_URL");
    if (url == null) {
      return start(settings);
    }
    Path home = Files.createTempDirectory("prefect");
    return new RealPrefect(Optional.empty(), home, required(), URI.create(url));
  }

  private static Path required() {
    return executable()
        .orElseThrow(() -> new IllegalStateException("no prefect: set PREFECT_TEST_EXECUTABLE"));
  }

  /** Starts a server and waits until it is ready. */
  static RealPrefect start(Map<String, String> settings) throws Exception {
    Path executable = required();
    Path home = Files.createTempDirectory("prefect");
    int port = freePort();
    var command =
        List.of(
            executable.toString(),
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(home.resolve("server.log").toFile());
    environment(builder, home);
    builder
        .environment()
        .put(
            "PREFECT_SERVER_DATABASE_CONNECTION_URL",
            "sqlite+aiosqlite:///" + home.resolve("prefect.db"));
    builder.environment().put("PREFECT_SERVER_ANALYTICS_ENABLED", "false");
    builder.environment().put("PREFECT_SERVER_UI_ENABLED", "false");
    builder.environment().putAll(settings);
    Process server = builder.start();
    URI apiUrl = URI.create("http://127.0.0.1:" + port + "/api");
    var prefect = new RealPrefect(Optional.of(server), home, executable, apiUrl);
    try {
      prefect.awaitReady(server);
    } catch (Exception e) {
      prefect.close();
      throw e;
    }
    return prefect;
  }

  /** Nothing of the outer world: neither its Prefect settings nor a proxy. */
  private static void environment(ProcessBuilder builder, Path home) {
    builder.environment().keySet().removeIf(name -> name.startsWith("PREFECT_"));
    builder.environment().put("PREFECT_HOME", home.toString());
    builder.environment().put("DO_NOT_TRACK", "1");
    builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Process server) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(apiUrl() + "/ready")).build();
    long end = System.nanoTime() + START.toNanos();
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      while (System.nanoTime() < end && server.isAlive()) {
        try {
          var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
          if (answer.statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // It does not listen yet.
        }
        Thread.sleep(200);
      }
    }
    throw new IllegalStateException("Prefect did not start: " + tail(home.resolve("server.log")));
  }

  URI apiUrl() {
    return apiUrl;
  }

  /** Lets real flows run on the server; returns what {@code real_workspace.py} says of them. */
  JsonObject fill() throws Exception {
    Path script = Path.of("src", "test", "python", "real_workspace.py").toAbsolutePath();
    Path out = home.resolve("truth.json");
    Path log = home.resolve("fill.log");
    var command = new ArrayList<String>();
    command.add(executable.resolveSibling("python").toString());
    command.add("-B");
    command.add(script.toString());
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(log.toFile());
    environment(builder, home);
    builder.environment().put("PREFECT_API_URL", apiUrl().toString());
    if (server.isPresent()) {
      builder.environment().put("PREFECT_TEST_DATABASE", home.resolve("prefect.db").toString());
    }
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process filling = builder.start();
    try {
      if (!filling.waitFor(FILL.toSeconds(), TimeUnit.SECONDS) || filling.exitValue() != 0) {
        throw new IllegalStateException("the workspace was not filled: " + tail(log));
      }
    } finally {
      end(filling);
    }
    return JsonParser.parseString(Files.readString(out)).getAsJsonObject();
  }

  @Override
  public void close() throws IOException {
    server.ifPresent(RealPrefect::end);
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private static String tail(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4_000));
  }
}
