package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes stretches of time to a store so that each is counted exactly once, oldest first, group by
 * group. A counter point that is refused as not newer is tried once more in reset form and then
 * looked up; only a point that was accepted or seen is built upon.
 */
public final class Recorder {
  /** No point can be further ahead of the store's clock than this. */
  public static final Duration AHEAD = Duration.ofMinutes(5);

  private final PointStore store;
  private final Ledger ledger;
  private final Instant until;

  /**
   * @param now the reference clock
   */
  public Recorder(PointStore store, Ledger ledger, Instant now) {
    this.store = store;
    this.ledger = ledger;
    this.until = now.plus(AHEAD);
  }

  /**
   * Records what was added after {@code start} up to and including {@code end}.
   *
   * @throws StoreException if the store could not be written or read; what is written already will
   *     be recognised by the next execution
   */
  public WindowResult record(
      Instant start, Instant end, List<Increment> changes, List<Sample> gauges)
      throws StoreException {
    var unsettled = new LinkedHashSet<Series>();
    var pending = new LinkedHashMap<Series, Increment>();
    var samples = new ArrayList<Sample>();
    for (Increment change : changes) {
      Ledger.Step step = ledger.next(change, start, end);
      if (step instanceof Ledger.Step.Write(Point point)) {
        pending.put(change.series(), change);
        samples.add(new Sample(change.series(), point));
      } else if (step instanceof Ledger.Step.Unknown) {
        unsettled.add(change.series());
      }
    }
    samples.addAll(gauges);

    List<Refusal> refusals = write(samples);
    var rejected = new ArrayList<Refusal>();
    var again = new ArrayList<Increment>();
    for (Refusal refusal : refusals) {
      Increment change = pending.get(refusal.sample().series());
      if (refusal.reason() != Refusal.Reason.NOT_NEWER) {
        rejected.add(refusal);
      } else if (change != null) {
        again.add(change);
      }
    }
    int written = samples.size() - refusals.size();
    written += settle(again, start, end, rejected, unsettled);
    return new WindowResult(written, rejected, misfits(changes, samples, rejected), unsettled);
  }

  /** Second try and look-up; returns how many points the second try wrote. */
  private int settle(
      List<Increment> refused,
      Instant start,
      Instant end,
      List<Refusal> rejected,
      Set<Series> unsettled)
      throws StoreException {
    var samples = new ArrayList<Sample>();
    var lookUp = new LinkedHashSet<Series>();
    for (Increment change : refused) {
      ledger
          .resetForm(change, start, end)
          .ifPresentOrElse(
              point -> samples.add(new Sample(change.series(), point)),
              () -> lookUp.add(change.series()));
    }
    List<Refusal> refusals = write(samples);
    for (Refusal refusal : refusals) {
      if (refusal.reason() == Refusal.Reason.NOT_NEWER) {
        lookUp.add(refusal.sample().series());
      } else {
        rejected.add(refusal);
      }
    }
    var stored = new HashMap<Metric, Map<Series, Point>>();
    for (Series series : lookUp) {
      Map<Series, Point> points = stored.get(series.metric());
      if (points == null) {
        points = store.newest(series.metric(), start, until);
        stored.put(series.metric(), points);
      }
      Point point = points.get(series);
      if (point != null) {
        ledger.holds(series, point);
      }
      if (!ledger.reaches(series, end)) {
        unsettled.add(series);
      }
    }
    return samples.size() - refusals.size();
  }

  private List<Refusal> write(List<Sample> samples) throws StoreException {
    if (samples.isEmpty()) {
      return List.of();
    }
    List<Refusal> refusals = store.writeGroups(WriteGroup.of(samples));
    var refused = new HashSet<Series>();
    refusals.forEach(refusal -> refused.add(refusal.sample().series()));
    for (Sample sample : samples) {
      if (!refused.contains(sample.series())
          && sample.series().metric().kind() == Kind.CUMULATIVE) {
        ledger.holds(sample.series(), sample.point());
      }
    }
    return refusals;
  }

  /**
   * The counters of which every series was rejected: their set-up is wrong, not their points. A
   * series that has the window already proves that points are taken, unless they are refused for
   * the descriptor, which may have changed since. One rejected series alone says so only if it was
   * for its descriptor.
   */
  private static Map<Metric, Refusal> misfits(
      List<Increment> changes, List<Sample> samples, List<Refusal> rejected) {
    if (rejected.isEmpty()) {
      return Map.of();
    }
    Map<Metric, Long> due = counts(changes.stream().map(Increment::series));
    Map<Metric, Long> sent = counts(samples.stream().map(Sample::series));
    var failed = new LinkedHashMap<Metric, List<Refusal>>();
    for (Refusal refusal : rejected) {
      failed
          .computeIfAbsent(refusal.sample().series().metric(), metric -> new ArrayList<>())
          .add(refusal);
    }
    var misfits = new LinkedHashMap<Metric, Refusal>();
    failed.forEach((metric, refusals) -> {
      Refusal first = refusals.getFirst();
      boolean isMisfit =
          first.reason() == Refusal.Reason.DESCRIPTOR
              ? refusals.size() == sent.getOrDefault(metric, 0L)
              : refusals.size() > 1 && refusals.size() == due.getOrDefault(metric, 0L);
      if (metric.kind() == Kind.CUMULATIVE && isMisfit) {
        misfits.put(metric, first);
      }
    });
    return misfits;
  }

  private static Map<Metric, Long> counts(Stream<Series> series) {
    return series.collect(Collectors.groupingBy(Series::metric, Collectors.counting()));
  }
}
