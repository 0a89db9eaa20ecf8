package io.github.prefectgcm.prefect.http;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few fields of a JSON object that somebody asked for; everything else is skipped as it comes
 * in. Fields of an object within are named {@code outer.inner}.
 */
public final class JsonRow {
  /**
   * More than any name that fits into a label. A message may hold all that a flow had to say, and a
   * page holds hundreds.
   */
  private static final int LONGEST_TEXT = 4_096;

  private static final Object NOTHING = new Object();

  private final Map<String, Object> values;

  private JsonRow(Map<String, Object> values) {
    this.values = values;
  }

  static JsonRow read(JsonReader in, Set<String> wanted) throws IOException, SourceException {
    var values = new HashMap<String, Object>();
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw unusable("object");
    }
    fill(values, "", in, wanted);
    return new JsonRow(values);
  }

  public static Decoder<List<JsonRow>> rows(Set<String> wanted) {
    return in -> {
      if (in.peek() != JsonToken.BEGIN_ARRAY) {
        throw unusable("list");
      }
      var rows = new ArrayList<JsonRow>();
      in.beginArray();
      while (in.hasNext()) {
        rows.add(read(in, wanted));
      }
      in.endArray();
      return rows;
    };
  }

  /** The rows of the list that is one of the fields of an object. */
  public static List<JsonRow> listWithin(JsonReader in, String field, Set<String> wanted)
      throws IOException, SourceException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw unusable("object");
    }
    Optional<List<JsonRow>> rows = Optional.empty();
    in.beginObject();
    while (in.hasNext()) {
      if (in.nextName().equals(field)) {
        rows = Optional.of(rows(wanted).decode(in));
      } else {
        in.skipValue();
      }
    }
    in.endObject();
    return rows.orElseThrow(() -> unusable(field));
  }

  /** A bare number of things. */
  public static long count(JsonReader in) throws IOException, SourceException {
    if (in.peek() != JsonToken.NUMBER) {
      throw unusable("count");
    }
    return Math.round(in.nextDouble());
  }

  private static void fill(
      Map<String, Object> values, String prefix, JsonReader in, Set<String> wanted)
      throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      String field = in.nextName();
      String name = prefix.isEmpty() ? field : prefix + field;
      JsonToken token = in.peek();
      if (token == JsonToken.BEGIN_OBJECT && wanted.contains(name + ".")) {
        fill(values, name + ".", in, wanted);
      } else if (!wanted.contains(name)) {
        in.skipValue();
      } else {
        switch (token) {
          case STRING -> values.put(name, cut(in.nextString()));
          case NUMBER -> values.put(name, in.nextDouble());
          case BOOLEAN -> values.put(name, in.nextBoolean());
          case NULL -> {
            in.nextNull();
            values.put(name, NOTHING);
          }
          case BEGIN_ARRAY -> values.put(name, list(in, name, wanted));
          default -> in.skipValue();
        }
      }
    }
    in.endObject();
  }

  /**
   * The texts and the wanted fields of the objects in a list; whatever else is in it is skipped.
   */
  private static List<Object> list(JsonReader in, String name, Set<String> wanted)
      throws IOException {
    var list = new ArrayList<Object>();
    in.beginArray();
    while (in.hasNext()) {
      if (in.peek() == JsonToken.STRING) {
        list.add(cut(in.nextString()));
      } else if (in.peek() == JsonToken.BEGIN_OBJECT) {
        var values = new HashMap<String, Object>();
        fill(values, name + ".", in, wanted);
        list.add(new JsonRow(values));
      } else {
        in.skipValue();
      }
    }
    in.endArray();
    return list;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  /** An answer that is JSON, but not as Prefect is known to answer. */
  public static SourceException unusable(String what) {
    return SourceException.lasting(
        "Prefect answered with a missing or unusable %s, which this version of prefect-gcm does not understand: check PREFECT_API_URL, and compare the versions of both"
            .formatted(what));
  }

  /** Whether Prefect said that there is no such thing; false if it said nothing of it. */
  public boolean isNull(String name) {
    return values.get(name) == NOTHING;
  }

  public String text(String name) throws SourceException {
    return optionalText(name).orElseThrow(() -> unusable(name));
  }

  public Optional<String> optionalText(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The texts of a list; empty if there is none. */
  public List<String> texts(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The objects of a list, with fields named as those of an object within; empty if none. */
  public List<JsonRow> rowsIn(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().filter(JsonRow.class::isInstance).map(JsonRow.class::cast).toList()
        : List.of();
  }

  public Instant instant(String name) throws SourceException {
    return optionalInstant(name).orElseThrow(() -> unusable(name));
  }

  public Optional<Instant> optionalInstant(String name) throws SourceException {
    // Parsed once: what sorts and what counts asks for the same field.
    if (values.get(name) instanceof Instant parsed) {
      return Optional.of(parsed);
    }
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time = Timestamp.parse(text.get());
      values.put(name, time);
      return Optional.of(time);
    } catch (DateTimeException e) {
      throw unusable(name);
    }
  }

  public double number(String name) throws SourceException {
    return optionalNumber(name).orElseThrow(() -> unusable(name));
  }

  public Optional<Double> optionalNumber(String name) {
    return values.get(name) instanceof Double number ? Optional.of(number) : Optional.empty();
  }

  public boolean flag(String name) throws SourceException {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw unusable(name);
  }

  /** Whether Prefect said so; false if it said nothing of it. */
  public boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** Seconds, rounded to the microsecond; clocks that went backwards count as no time. */
  public Duration seconds(String name) throws SourceException {
    return Duration.of(Math.round(Math.max(0, number(name)) * 1e6), ChronoUnit.MICROS);
  }
}
