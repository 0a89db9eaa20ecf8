package io.github.prefectgcm.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.prefectgcm.prefect.http.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the headers that an operator adds to every request, for a server behind something that
 * wants a token. What frames a message, or says how it is to be read, is not for them to change.
 */
final class CustomHeaders {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final List<String> RESERVED =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Connection",
          "Date",
          "Expect",
          "Host",
          "HTTP2-Settings",
          "Keep-Alive",
          "Range",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "User-Agent",
          "Via",
          "X-Prefect-Api-Version");

  /** A body's length, type and coding; conditions; tokens and passwords that the job sends. */
  private static final List<String> RESERVED_BEGINNINGS =
      List.of("Content-", "If-", "Prefect-Csrf-", "Proxy-");

  private final SettingValues values;

  CustomHeaders(SettingValues values) {
    this.values = values;
  }

  /** By name, whatever its case. */
  Map<String, Secret> read() {
    var headers = new TreeMap<String, Secret>(String.CASE_INSENSITIVE_ORDER);
    values
        .text(Setting.PREFECT_CLIENT_CUSTOM_HEADERS)
        .ifPresent(text -> {
          try {
            JsonParser.parseString(text)
                .getAsJsonObject()
                .entrySet()
                .forEach(header -> add(header.getKey(), header.getValue(), headers));
          } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            // The value may be a token, so it is not repeated.
            values.problem(
                "PREFECT_CLIENT_CUSTOM_HEADERS is no JSON object of texts, such as"
                    + " {\"X-Token\": \"…\"}");
          }
        });
    return headers;
  }

  private void add(String name, JsonElement element, Map<String, Secret> headers) {
    String value = element.getAsJsonPrimitive().getAsString();
    String named =
        "PREFECT_CLIENT_CUSTOM_HEADERS names the header " + SettingValues.printable(name);
    if (!NAME.matcher(name).matches()) {
      values.problem(named + ", which is no header name");
    } else if (isReserved(name)) {
      values.problem(
          "%s, which is the job's own; so are %s and what begins with %s"
              .formatted(
                  named, String.join(", ", RESERVED), String.join(", ", RESERVED_BEGINNINGS)));
    } else if (headers.containsKey(name)) {
      values.problem(named + " twice");
    } else if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
      values.problem(
          "PREFECT_CLIENT_CUSTOM_HEADERS gives "
              + name
              + " a value with characters that no header can have: it must be ASCII, in one line");
    } else if (value.isBlank()) {
      values.problem("PREFECT_CLIENT_CUSTOM_HEADERS gives " + name + " no value");
    } else {
      headers.put(name, new Secret(value));
    }
  }

  private static boolean isReserved(String name) {
    return RESERVED.stream().anyMatch(name::equalsIgnoreCase)
        || RESERVED_BEGINNINGS.stream()
            .anyMatch(beginning -> name.regionMatches(true, 0, beginning, 0, beginning.length()));
  }
}
