package io.github.prefectgcm.dashboard;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.function.Function;

/** JSON, written without ceremony. */
final class Json {
  private Json() {}

  /** An object of keys and values in turn. */
  static JsonObject object(Object... keysAndValues) {
    var object = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.add((String) keysAndValues[i], value(keysAndValues[i + 1]));
    }
    return object;
  }

  static JsonArray array(Object... values) {
    var array = new JsonArray();
    for (Object value : values) {
      array.add(value(value));
    }
    return array;
  }

  static <T> JsonArray array(Collection<T> values, Function<T, ?> format) {
    return array(values.stream().map(format).toArray());
  }

  static String text(JsonElement json) {
    var gson =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
    return gson.toJson(json) + "\n";
  }

  private static JsonElement value(Object value) {
    return switch (value) {
      case JsonElement json -> json;
      case String text -> new JsonPrimitive(text);
      case Boolean flag -> new JsonPrimitive(flag);
      case Double number when number == Math.rint(number) -> new JsonPrimitive(number.longValue());
      case Number number -> new JsonPrimitive(number);
      default -> throw new IllegalArgumentException("no JSON: " + value);
    };
  }
}
