package io.github.prefectgcm.demo;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, with one page open. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final String LISTENS = "DevTools listening on ";

  private final Process process;
  private final HttpClient client =
      HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
  private final DevTools tools;
  private final String page;

  private Browser(Process process) throws IOException {
    this.process = process;
    tools = DevTools.connect(client, URI.create(address(process)));
    var blank = new JsonObject();
    blank.addProperty("url", "about:blank");
    JsonObject target = tools.call("", "Target.createTarget", blank);
    target.addProperty("flatten", true);
    page = tools.call("", "Target.attachToTarget", target).get("sessionId").getAsString();
    for (String domain : List.of("Page", "Runtime", "Log")) {
      tools.call(page, domain + ".enable", new JsonObject());
    }
  }

  /** The first one on the path. */
  static Optional<Path> executable() {
    return NAMES.stream()
        .flatMap(name ->
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with an empty folder for all that it keeps; it is to talk to nobody. */
  static Browser start(Path folder) throws IOException {
    var command = new ArrayList<String>();
    command.add(executable().orElseThrow().toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder,
            "about:blank"));
    var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", folder.toString());
    Process process = builder.start();
    try {
      return new Browser(process);
    } catch (IOException | RuntimeException e) {
      end(process);
      throw e;
    }
  }

  /**
   * Reads what it says until it says where it listens, and goes on reading, so that it can go on.
   */
  private static String address(Process process) {
    var address = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
            said.lines()
                .filter(line -> line.startsWith(LISTENS))
                .forEach(line -> address.complete(line.substring(LISTENS.length())));
          } catch (IOException | RuntimeException e) {
            address.completeExceptionally(e);
          }
          address.completeExceptionally(new IllegalStateException("the browser ended at once"));
        });
    return DevTools.await(address, "the browser's start");
  }

  /** How wide and high the window is, and which colours whoever looks prefers. */
  void show(int width, int height, String scheme) {
    var size = new JsonObject();
    size.addProperty("width", width);
    size.addProperty("height", height);
    size.addProperty("deviceScaleFactor", 1);
    size.addProperty("mobile", false);
    tools.call(page, "Emulation.setDeviceMetricsOverride", size);
    // Whole hours there are none in UTC, so that a clock of the wrong zone shows.
    tools.call(
        page, "Emulation.setTimezoneOverride", DevTools.json("{'timezoneId':'Asia/Kathmandu'}"));
    tools.call(
        page,
        "Emulation.setEmulatedMedia",
        DevTools.json("{'features':[{'name':'prefers-color-scheme','value':'" + scheme + "'}]}"));
  }

  /** Opens a file, and waits until it is loaded and its scripts ran. */
  void open(Path file) {
    CompletableFuture<JsonObject> loaded = tools.next("Page.loadEventFired");
    var where = new JsonObject();
    where.addProperty("url", file.toUri().toString());
    tools.call(page, "Page.navigate", where);
    DevTools.await(loaded, file.toString());
  }

  /** The text that an expression of JavaScript ends with. */
  String evaluate(String expression) {
    var asked = new JsonObject();
    asked.addProperty("expression", expression);
    asked.addProperty("awaitPromise", true);
    asked.addProperty("returnByValue", true);
    JsonObject answer = tools.call(page, "Runtime.evaluate", asked);
    if (answer.has("exceptionDetails")) {
      throw new IllegalArgumentException(answer.toString());
    }
    return answer.getAsJsonObject("result").get("value").getAsString();
  }

  /** Errors of scripts and of the console since this was last asked for. */
  List<String> errors() {
    return tools.errors();
  }

  byte[] picture() {
    return Base64.getDecoder()
        .decode(
            tools
                .call(page, "Page.captureScreenshot", DevTools.json("{'format':'png'}"))
                .get("data")
                .getAsString());
  }

  @Override
  public void close() {
    tools.close();
    client.close();
    end(process);
  }

  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().completeOnTimeout(one, 10, TimeUnit.SECONDS).join());
  }
}
