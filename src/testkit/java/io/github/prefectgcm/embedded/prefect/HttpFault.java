package io.github.prefectgcm.embedded.prefect;

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
public interface HttpFault {

  /**
   * Answers in place of the server.
   *
   * @param server what a server in good order would answer
   */
  ServerResponse answer(ReceivedRequest request, Function<ReceivedRequest, ServerResponse> server);

  /** Another status with Prefect's own words, where it has some. */
  static HttpFault status(int status) {
    String message =
        switch (status) {
          case 401 -> "Unauthorized";
          case 500 -> "Internal Server Error";
          case 503 -> "Service Unavailable";
          default -> "status " + status;
        };
    return (request, server) -> ServerResponse.exception(status, message);
  }

  static HttpFault status(int status, Map<String, String> headers, String body) {
    return (request, server) -> ServerResponse.json(status, body).withHeaders(headers);
  }

  static HttpFault tooManyRequests(String retryAfter) {
    return status(429, Map.of("retry-after", retryAfter), "{\"detail\":\"Rate limited\"}");
  }

  /** A page for humans, as a proxy or Prefect's own UI sends it. */
  static HttpFault html(int status) {
    String page = "<!doctype html><html><head><title>Prefect</title></head><body></body></html>";
    return (request, server) -> ServerResponse.text(status, "text/html; charset=utf-8", page);
  }

  /** Status 200 with that text as JSON. */
  static HttpFault body(String body) {
    return (request, server) -> ServerResponse.json(200, body);
  }

  /** The connection closes within the body. */
  static HttpFault cut() {
    return (request, server) -> server.apply(request).with(new ServerResponse.Cut());
  }

  /** A whole answer of HTTP with half a text of JSON. */
  static HttpFault truncated() {
    return (request, server) -> {
      ServerResponse whole = server.apply(request);
      return whole.withBody(whole.body().substring(0, whole.body().length() / 2));
    };
  }

  static HttpFault malformed() {
    return (request, server) -> {
      ServerResponse whole = server.apply(request);
      return whole.withBody(whole.body().replaceFirst(":", ";"));
    };
  }

  /** The connection is reset instead of an answer. */
  static HttpFault reset() {
    return (request, server) -> server.apply(request).with(new ServerResponse.Reset());
  }

  /** Nothing comes until the server is closed. */
  static HttpFault silence() {
    return (request, server) -> server.apply(request).with(new ServerResponse.Silence());
  }

  /** The right answer, after a while. */
  static HttpFault slow(Duration pause) {
    return (request, server) -> server.apply(request).with(new ServerResponse.Late(pause));
  }

  static HttpFault trickle(int chunk, Duration pause) {
    return (request, server) ->
        server.apply(request).with(new ServerResponse.Trickle(chunk, pause));
  }

  /** Every element of the list loses a field to null. */
  static HttpFault nulled(String field) {
    return edited(row -> row.add(field, JsonNull.INSTANCE));
  }

  /** Every element of the list has a field of another value. */
  static HttpFault replaced(String field, String value) {
    return edited(row -> row.add(field, new JsonPrimitive(value)));
  }

  /** A newer server: fields nobody has heard of, in every element of the list. */
  static HttpFault unknownFields() {
    return edited(row -> {
      row.add("new_in_4", new JsonArray());
      var nested = new JsonObject();
      nested.addProperty("id", "not-an-id");
      nested.add("end_time", new JsonObject());
      row.add("newer_in_4", nested);
    });
  }

  /** Changes every element of the list that the server answers. */
  static HttpFault edited(Consumer<JsonObject> edit) {
    return (request, server) -> {
      ServerResponse whole = server.apply(request);
      JsonElement json = JsonParser.parseString(whole.body());
      if (json instanceof JsonArray array) {
        array.forEach(element -> edit.accept(element.getAsJsonObject()));
      }
      return whole.withBody(json.toString());
    };
  }

  /** The server never sees a part of the body and answers without that filter. */
  static HttpFault ignoring(String key) {
    return (request, server) -> {
      JsonObject body = request.json();
      body.remove(key);
      return server.apply(
          new ReceivedRequest(
              request.method(), request.path(), request.headers(), body.toString()));
    };
  }

  /** Something happens first, then the server answers as ever. */
  static HttpFault after(Runnable event) {
    return (request, server) -> {
      event.run();
      return server.apply(request);
    };
  }
}
