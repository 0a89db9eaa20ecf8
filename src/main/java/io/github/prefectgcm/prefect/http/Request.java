package io.github.prefectgcm.prefect.http;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A question to the API.
 *
 * @param path below the API's URL, with a leading slash
 * @param body absent for a GET
 */
public record Request(String path, Optional<byte[]> body) {

  public static Request get(String path) {
    return new Request(path, Optional.empty());
  }

  public static Request post(String path, JsonObject body) {
    return new Request(path, Optional.of(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  URI under(URI apiUrl) {
    return URI.create(apiUrl + path);
  }

  /** As messages show it: without a query. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return (body.isPresent() ? "POST " : "GET ") + (query < 0 ? path : path.substring(0, query));
  }
}
