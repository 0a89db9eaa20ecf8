package io.github.prefectgcm.query;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One series of an answer.
 *
 * @param labels what tells it apart from the others
 * @param values by the end of the period that each is about; none for periods without data
 */
public record Line(Map<String, String> labels, NavigableMap<Instant, Amount> values) {
  public Line {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
  }

  /** The newest value. */
  public double latest() {
    return values.lastEntry().getValue().number();
  }
}
