package io.github.prefectgcm.metric;

import java.time.Instant;

/**
 * A point of a series, in whole milliseconds. A gauge's point has {@code start} equal to {@code
 * end}; a cumulative one says what was added from {@code start} to {@code end}, both inclusive.
 */
public record Point(Instant start, Instant end, Value value) {
  public Point {
    if (start.isAfter(end)) {
      throw new IllegalArgumentException("point starts after its end: " + start + ".." + end);
    }
  }

  public static Point at(Instant time, Value value) {
    return new Point(time, time, value);
  }
}
