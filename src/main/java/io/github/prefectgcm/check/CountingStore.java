package io.github.prefectgcm.check;

import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that keeps nothing but which series it was given. */
final class CountingStore implements PointStore {
  private final Set<Series> series = new HashSet<>();

  Set<Series> series() {
    return series;
  }

  @Override
  public Optional<Point> newest(Series one, Instant since, Instant until) {
    return Optional.empty();
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until) {
    return Map.of();
  }

  @Override
  public synchronized List<Refusal> writeGroups(List<List<Sample>> groups) {
    groups.forEach(group -> group.forEach(sample -> series.add(sample.series())));
    return List.of();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
