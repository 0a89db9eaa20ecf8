package io.github.prefectgcm.cli;

import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that holds nothing and shows what it was to hold. */
public final class DryRun implements PointStore {
  private final Preview preview;
  private final Outlet out;

  /**
   * @param out what the preview prints to
   */
  public DryRun(Preview preview, Outlet out) {
    this.preview = preview;
    this.out = out;
  }

  @Override
  public Optional<Point> newest(Series series, Instant since, Instant until) {
    return Optional.empty();
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until) {
    return Map.of();
  }

  @Override
  public List<Refusal> writeGroups(List<List<Sample>> groups) throws StoreException {
    groups.forEach(group -> group.forEach(preview::add));
    Optional<String> fault = out.fault();
    if (fault.isPresent()) {
      // Nobody is there to see the rest.
      throw StoreException.passing(fault.get());
    }
    return List.of();
  }

  @Override
  public void close() {
    preview.end();
  }
}
