package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/** A request that the server answers with an error. */
final class RefusedRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ServerResponse response;

  RefusedRequest(ServerResponse response) {
    super(response.body());
    this.response = response;
  }

  ServerResponse response() {
    return response;
  }

  /** Prefect repeats the request in its answer to an invalid one, whatever is in it. */
  ServerResponse echoing(JsonElement request) {
    JsonObject body = JsonParser.parseString(response.body()).getAsJsonObject();
    if (body.has("exception_detail")) {
      body.add("request_body", request);
    }
    return response.withBody(body.toString());
  }

  /** A body that pydantic does not accept; {@link #echoing} adds what was asked. */
  static RefusedRequest invalid(
      String type, List<String> location, String message, JsonElement input) {
    var loc = new JsonArray();
    loc.add("body");
    location.forEach(loc::add);
    var error = new JsonObject();
    error.addProperty("type", type);
    error.add("loc", loc);
    error.addProperty("msg", message);
    error.add("input", input);
    var errors = new JsonArray();
    errors.add(error);
    var body = new JsonObject();
    body.addProperty("exception_message", "Invalid request received.");
    body.add("exception_detail", errors);
    return new RefusedRequest(ServerResponse.json(422, body.toString()));
  }

  /** A row that is stored and cannot be put into an answer; the server hangs up after it. */
  static RefusedRequest failed() {
    return new RefusedRequest(
        ServerResponse.exception(500, "Internal Server Error").with(new ServerResponse.Last()));
  }

  /** Prefect knows this, the embedded server does not. */
  static RefusedRequest notEmbedded(String what) {
    return new RefusedRequest(
        ServerResponse.exception(500, "EmbeddedPrefect does not model " + what));
  }
}
