package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory that takes a point only if it is newer than the last one of its series, and a
 * cumulative one only if it continues the last one or starts after it.
 */
final class OrderedStore implements PointStore {
  private final Map<Series, Point> last = new LinkedHashMap<>();
  private final Map<Series, Refusal.Reason> poison = new HashMap<>();
  private boolean blind;

  /** All writes, in their order; each as it was sent. */
  final List<List<Sample>> writes = new ArrayList<>();

  /** All writes, group by group. */
  final List<List<Sample>> groups = new ArrayList<>();

  /** The metrics that were read. */
  final List<Metric> reads = new ArrayList<>();

  /** Points that somebody wrote. */
  OrderedStore with(Series series, Point point) {
    last.put(series, point);
    return this;
  }

  /** A series that is always refused, and why. */
  OrderedStore poisoned(Series series, Refusal.Reason reason) {
    poison.put(series, reason);
    return this;
  }

  /** From now on reads show nothing, as if they lagged behind. */
  OrderedStore blind() {
    blind = true;
    return this;
  }

  Optional<Point> last(Series series) {
    return Optional.ofNullable(last.get(series));
  }

  @Override
  public Optional<Point> newest(Series series, Instant since, Instant until) {
    return Optional.ofNullable(newest(series.metric(), since, until).get(series));
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until) {
    reads.add(metric);
    var found = new HashMap<Series, Point>();
    last.forEach((series, point) -> {
      boolean inside = point.end().isAfter(since) && !point.end().isAfter(until);
      if (series.metric().equals(metric) && inside && !blind) {
        found.put(series, point);
      }
    });
    return found;
  }

  @Override
  public List<Refusal> writeGroups(List<List<Sample>> groups) {
    List<Sample> samples = groups.stream().flatMap(List::stream).toList();
    writes.add(samples);
    this.groups.addAll(groups);
    var refusals = new ArrayList<Refusal>();
    for (Sample sample : samples) {
      Refusal.Reason reason = poison.get(sample.series());
      if (reason == null && !isNewer(sample)) {
        reason = Refusal.Reason.NOT_NEWER;
      }
      if (reason == null) {
        last.put(sample.series(), sample.point());
      } else {
        refusals.add(new Refusal(sample, reason, "no"));
      }
    }
    return refusals;
  }

  private boolean isNewer(Sample sample) {
    Point before = last.get(sample.series());
    Point point = sample.point();
    if (before == null) {
      return true;
    }
    boolean continues =
        point.end().isAfter(before.end())
            && (sample.series().metric().kind() == Kind.GAUGE
                || point.start().equals(before.start()));
    return continues || point.start().isAfter(before.end());
  }

  @Override
  public void close() {}
}
