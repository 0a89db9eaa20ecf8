package io.github.prefectgcm.demo;

import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import io.github.prefectgcm.history.Window;
import java.util.List;
import java.util.Map;

/**
 * All there is to show of a demo.
 *
 * @param stored the same series as the store has them
 * @param dashboards the time over which the dashboards are drawn
 * @param complaints of executions that did not end with exit code 0, what they said
 */
record Outcome(
    Facts facts,
    List<WrittenSeries> series,
    Map<StoredSeries, List<StoredPoint>> stored,
    Window dashboards,
    List<String> complaints) {
  Outcome {
    series = List.copyOf(series);
    stored = Map.copyOf(stored);
    complaints = List.copyOf(complaints);
  }
}
