package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object of a request's body; an absent field and null are the same. */
record Fields(JsonObject json, List<String> location) {

  /** Refuses any other field, as Prefect's filters do. */
  Fields only(Set<String> known) {
    for (String key : json.keySet()) {
      if (!known.contains(key)) {
        throw RefusedRequest.invalid(
            "extra_forbidden", under(key), "Extra inputs are not permitted", json.get(key));
      }
    }
    return this;
  }

  /** Refuses fields that Prefect knows and this server does not. */
  Fields without(Set<String> unknown) {
    for (String key : unknown) {
      if (isGiven(json.get(key)) && !json.get(key).equals(new JsonObject())) {
        throw RefusedRequest.notEmbedded(String.join(".", under(key)));
      }
    }
    return this;
  }

  Fields object(String key) {
    Optional<JsonElement> value = value(key);
    if (value.isPresent() && !value.get().isJsonObject()) {
      throw RefusedRequest.invalid(
          "model_attributes_type", under(key), "Input should be an object", value.get());
    }
    return new Fields(value.map(JsonElement::getAsJsonObject).orElse(new JsonObject()), under(key));
  }

  Optional<Set<String>> texts(String key) {
    return value(key)
        .map(value -> {
          if (!(value instanceof JsonArray array)) {
            throw RefusedRequest.invalid(
                "list_type", under(key), "Input should be a valid list", value);
          }
          var texts = new HashSet<String>();
          array.forEach(element -> texts.add(element.getAsString()));
          return texts;
        });
  }

  Optional<String> text(String key) {
    return value(key)
        .map(value -> {
          if (!(value instanceof JsonPrimitive primitive && primitive.isString())) {
            throw RefusedRequest.invalid(
                "string_type", under(key), "Input should be a valid string", value);
          }
          return primitive.getAsString();
        });
  }

  Optional<Boolean> flag(String key) {
    return value(key).map(JsonElement::getAsBoolean);
  }

  Optional<Double> number(String key) {
    return value(key)
        .map(value -> {
          if (!(value instanceof JsonPrimitive primitive && primitive.isNumber())) {
            throw RefusedRequest.invalid(
                "int_parsing", under(key), "Input should be a valid integer", value);
          }
          return primitive.getAsDouble();
        });
  }

  /** A time to the microsecond, further digits dropped; without a zone it is taken as UTC. */
  Optional<Instant> time(String key) {
    return text(key)
        .map(text -> {
          try {
            return parse(text).truncatedTo(ChronoUnit.MICROS);
          } catch (DateTimeException e) {
            throw RefusedRequest.invalid(
                "value_error",
                under(key),
                "Value error, Unable to parse string [" + text + "]",
                new JsonPrimitive(text));
          }
        });
  }

  private static Instant parse(String text) {
    boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0;
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private Optional<JsonElement> value(String key) {
    JsonElement value = json.get(key);
    return isGiven(value) ? Optional.of(value) : Optional.empty();
  }

  private static boolean isGiven(JsonElement value) {
    return value != null && !(value instanceof JsonNull);
  }

  private List<String> under(String key) {
    var path = new ArrayList<>(location);
    path.add(key);
    return path;
  }
}
