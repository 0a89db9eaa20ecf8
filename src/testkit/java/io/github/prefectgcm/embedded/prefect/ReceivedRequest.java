package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param path with the query, without the base path
 * @param headers by name in lower case
 */
public record ReceivedRequest(
    String method, String path, Map<String, String> headers, String body) {

  /** The path without the query. */
  public String route() {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public JsonObject json() {
    return body.isBlank() ? new JsonObject() : JsonParser.parseString(body).getAsJsonObject();
  }
}
