package io.github.prefectgcm.query;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A term of a filter.
 *
 * @param key such as {@code metric.type} or {@code resource.label.namespace}
 * @param values of which one has to be met
 */
record Condition(String key, Kind kind, List<String> values) {

  /** How a value is met. */
  enum Kind {
    EQUAL,
    MATCH,
    START
  }

  Condition {
    values = List.copyOf(values);
  }

  boolean metBy(String text) {
    return values.stream()
        .anyMatch(value ->
            switch (kind) {
              case EQUAL -> text.equals(value);
              case MATCH -> Pattern.matches(value, text);
              case START -> text.startsWith(value);
            });
  }
}
