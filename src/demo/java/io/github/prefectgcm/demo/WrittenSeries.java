package io.github.prefectgcm.demo;

import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series as the store holds it.
 *
 * @param metric path below the metric prefix
 * @param points oldest first
 */
record WrittenSeries(
    String metric, Kind kind, Map<String, String> labels, List<WrittenPoint> points) {
  WrittenSeries {
    labels = new TreeMap<>(labels);
    points = List.copyOf(points);
  }

  /** The value of a label; the empty string if there is none. */
  String label(String key) {
    return labels.getOrDefault(key, "");
  }

  /**
   * A point of it.
   *
   * @param appliedAt when the store took it
   */
  record WrittenPoint(Point point, Instant appliedAt) {}
}
