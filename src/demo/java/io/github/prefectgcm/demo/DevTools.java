package io.github.prefectgcm.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of the <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools
 * Protocol</a> as the tests of pages need.
 */
final class DevTools implements AutoCloseable {
  /** Only for a browser that hangs; a busy machine does not come near it. */
  private static final int SECONDS = 120;

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> calls = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonObject>> events = new ConcurrentHashMap<>();
  private final List<String> errors = new ArrayList<>();
  private final WebSocket socket;

  private DevTools(HttpClient client, URI address) {
    socket = await(client.newWebSocketBuilder().buildAsync(address, new Ear()), "a connection");
  }

  static DevTools connect(HttpClient client, URI address) {
    return new DevTools(client, address);
  }

  /** JSON with single quotes. */
  static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  static <T> T await(CompletableFuture<T> future, String what) {
    try {
      return future.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("no " + what, e);
    }
  }

  /** Calls a method and waits for its answer; the session is empty for the browser itself. */
  JsonObject call(String session, String method, JsonObject parameters) {
    int id = ids.incrementAndGet();
    var message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    var answer = new CompletableFuture<JsonObject>();
    calls.put(id, answer);
    await(socket.sendText(message.toString(), true), method);
    JsonObject said = await(answer, method);
    if (said.has("error")) {
      throw new IllegalStateException(method + ": " + said.get("error"));
    }
    return said.getAsJsonObject("result");
  }

  /** The next event of this name. */
  CompletableFuture<JsonObject> next(String event) {
    var next = new CompletableFuture<JsonObject>();
    events.put(event, next);
    return next;
  }

  synchronized List<String> errors() {
    List<String> all = List.copyOf(errors);
    errors.clear();
    return all;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private synchronized void heard(JsonObject message) {
    if (message.has("id")) {
      Optional.ofNullable(calls.remove(message.get("id").getAsInt()))
          .ifPresent(call -> call.complete(message));
      return;
    }
    String event = message.get("method").getAsString();
    JsonObject parameters = message.getAsJsonObject("params");
    if (event.equals("Runtime.exceptionThrown")
        || (event.equals("Log.entryAdded")
            && parameters.getAsJsonObject("entry").get("level").getAsString().equals("error"))
        || (event.equals("Runtime.consoleAPICalled")
            && List.of("error", "warning").contains(parameters.get("type").getAsString()))) {
      errors.add(parameters.toString());
    }
    Optional.ofNullable(events.remove(event)).ifPresent(next -> next.complete(parameters));
  }

  /** Puts messages together; those with pictures come in parts. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        heard(JsonParser.parseString(parts.toString()).getAsJsonObject());
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      calls.values().forEach(call -> call.completeExceptionally(error));
    }
  }
}
