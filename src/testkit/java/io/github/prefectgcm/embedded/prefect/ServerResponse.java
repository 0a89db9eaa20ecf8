package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** An answer, and how it reaches the client. */
public record ServerResponse(
    int status, Map<String, String> headers, String body, Delivery delivery) {

  /** How the bytes go out. */
  public sealed interface Delivery {}

  /** As it should be. */
  public record Whole() implements Delivery {}

  /** The length of the whole body is announced, half of it is sent, the connection closed. */
  public record Cut() implements Delivery {}

  /** Whole; the connection is closed behind it, without a word. */
  public record Last() implements Delivery {}

  /** No answer; the connection is reset. */
  public record Reset() implements Delivery {}

  /** No answer; the connection stays open. */
  public record Silence() implements Delivery {}

  /** Whole, after a pause. */
  public record Late(Duration pause) implements Delivery {}

  /** Chunk after chunk, with a pause before each. */
  public record Trickle(int chunk, Duration pause) implements Delivery {}

  public static ServerResponse text(int status, String contentType, String body) {
    return new ServerResponse(status, Map.of("content-type", contentType), body, new Whole());
  }

  public static ServerResponse json(int status, String body) {
    return text(status, "application/json", body);
  }

  public static ServerResponse json(JsonElement body) {
    return json(200, body.toString());
  }

  /** An error as FastAPI's own exceptions are told. */
  public static ServerResponse detail(int status, String detail) {
    var body = new JsonObject();
    body.addProperty("detail", detail);
    return json(status, body.toString());
  }

  /** An error as Prefect's exception handlers tell it. */
  public static ServerResponse exception(int status, String message) {
    var body = new JsonObject();
    body.addProperty("exception_message", message);
    return json(status, body.toString());
  }

  public ServerResponse with(Delivery delivery) {
    return new ServerResponse(status, headers, body, delivery);
  }

  public ServerResponse withBody(String body) {
    return new ServerResponse(status, headers, body, delivery);
  }

  public ServerResponse withHeaders(Map<String, String> more) {
    var all = new HashMap<>(headers);
    all.putAll(more);
    return new ServerResponse(status, Map.copyOf(all), body, delivery);
  }
}
