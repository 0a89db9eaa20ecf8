package io.github.prefectgcm.embedded;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Something that goes wrong with an answer, on the server or on the way. */
@FunctionalInterface
public interface Fault {

  /**
   * Answers in place of the server.
   *
   * @param server what a server in good order would answer
   */
  Response answer(Request request, Function<Request, Response> server);

  /** Another status with Prefect's own words, where it has some. */
  static Fault status(int status) {
    String message =
        switch (status) {
          case 401 -> "Unauthorized";
          case 500 -> "Internal Server Error";
          case 503 -> "Service Unavailable";
          default -> "status " + status;
        };
    return (request, server) -> Response.exception(status, message);
  }

  static Fault status(int status, Map<String, String> headers, String body) {
    return (request, server) -> Response.json(status, body).withHeaders(headers);
  }

  static Fault tooManyRequests(String retryAfter) {
    return status(429, Map.of("retry-after", retryAfter), "{\"detail\":\"Rate limited\"}");
  }

  /** A page for humans, as a proxy or Prefect's own UI sends it. */
  static Fault html(int status) {
    String page = "<!doctype html><html><head><title>Prefect</title></head><body></body></html>";
    return (request, server) -> Response.text(status, "text/html; charset=utf-8", page);
  }

  /** Status 200 with that text as JSON. */
  static Fault body(String body) {
    return (request, server) -> Response.json(200, body);
  }

  /** The connection closes within the body. */
  static Fault cut() {
    return (request, server) -> server.apply(request).with(new Response.Cut());
  }

  /** A whole answer of HTTP with half a text of JSON. */
  static Fault truncated() {
    return (request, server) -> {
      Response whole = server.apply(request);
      return whole.withBody(whole.body().substring(0, whole.body().length() / 2));
    };
  }

  static Fault malformed() {
    return (request, server) -> {
      Response whole = server.apply(request);
      return whole.withBody(whole.body().replaceFirst(":", ";"));
    };
  }

  /** The connection is reset instead of an answer. */
  static Fault reset() {
    return (request, server) -> server.apply(request).with(new Response.Reset());
  }

  /** Nothing comes until the server is closed. */
  static Fault silence() {
    return (request, server) -> server.apply(request).with(new Response.Silence());
  }

  /** The right answer, after a while. */
  static Fault slow(Duration pause) {
    return (request, server) -> server.apply(request).with(new Response.Late(pause));
  }

  static Fault trickle(int chunk, Duration pause) {
    return (request, server) -> server.apply(request).with(new Response.Trickle(chunk, pause));
  }

  /** Every element of the list loses a field to null. */
  static Fault nulled(String field) {
    return edited(row -> row.add(field, JsonNull.INSTANCE));
  }

  /** Every element of the list has a field of another value. */
  static Fault replaced(String field, String value) {
    return edited(row -> row.add(field, new JsonPrimitive(value)));
  }

  /** A newer server: fields nobody has heard of, in every element of the list. */
  static Fault unknownFields() {
    return edited(row -> {
      row.add("new_in_4", new JsonArray());
      var nested = new JsonObject();
      nested.addProperty("id", "not-an-id");
      nested.add("end_time", new JsonObject());
      row.add("newer_in_4", nested);
    });
  }

  /** Changes every element of the list that the server answers. */
  static Fault edited(Consumer<JsonObject> edit) {
    return (request, server) -> {
      Response whole = server.apply(request);
      JsonElement json = JsonParser.parseString(whole.body());
      if (json instanceof JsonArray array) {
        array.forEach(element -> edit.accept(element.getAsJsonObject()));
      }
      return whole.withBody(json.toString());
    };
  }

  /** The server never sees a part of the body and answers without that filter. */
  static Fault ignoring(String key) {
    return (request, server) -> {
      JsonObject body = request.json();
      body.remove(key);
      return server.apply(
          new Request(request.method(), request.path(), request.headers(), body.toString()));
    };
  }

  /** Something happens first, then the server answers as ever. */
  static Fault after(Runnable event) {
    return (request, server) -> {
      event.run();
      return server.apply(request);
    };
  }
}
