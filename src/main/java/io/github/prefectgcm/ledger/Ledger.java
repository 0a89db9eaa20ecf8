package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The newest point of each series that the store is known to hold, and the rule that makes a
 * cumulative series' next point from it. Only a point that was read or accepted gets in here.
 *
 * <p>A point counts as a base for a stretch of time only if it ends within it or at its start: what
 * an older one lacks is not known. So a repeated, a late and an overlapping execution all compute
 * the same function of base and stretch, and nothing is counted twice or lost.
 */
public final class Ledger {
  /**
   * Intervals of points are <a
   * href="https://cloud.google.com/monitoring/api/ref_v3/rpc/google.monitoring.v3#timeinterval">closed
   * at both ends</a>: a start equal to the last end would overwrite the last point.
   */
  static final Duration GAP = Duration.ofMillis(1);

  private final Map<Series, Point> read;
  private final Map<Series, Point> newest;
  private final Map<WriteGroup, Instant> written = new HashMap<>();

  public Ledger(Map<Series, Point> read) {
    this.read = Map.copyOf(read);
    this.newest = new HashMap<>(read);
    read.forEach((series, point) -> {
      if (series.metric().kind() == Kind.CUMULATIVE) {
        written.merge(
            WriteGroup.of(series), point.end(), (one, other) -> one.isAfter(other) ? one : other);
      }
    });
  }

  /**
   * What happened up to and including this instant is counted, if anything is: in the series' own
   * point that was read, or else in those of its group. A series without a point whose group has
   * points is one that a run moved to, or the first of its kind.
   */
  public Optional<Instant> countedUntil(Series series) {
    Point own = read.get(series);
    if (own != null) {
      return Optional.of(own.end());
    }
    // A gauge has no share in what its neighbours have counted.
    return series.metric().kind() == Kind.CUMULATIVE
        ? Optional.ofNullable(written.get(WriteGroup.of(series)))
        : Optional.empty();
  }

  /** The points that were read. */
  public Map<Series, Point> read() {
    return read;
  }

  /** All series that have a base for a stretch after {@code start}. */
  public Set<Series> based(Instant start) {
    var based = new LinkedHashSet<Series>();
    newest.forEach((series, point) -> {
      if (!point.end().isBefore(start)) {
        based.add(series);
      }
    });
    return based;
  }

  /** The store is known to hold this point: it was accepted, or read. */
  void holds(Series series, Point point) {
    newest.put(series, point);
  }

  /** Whether the series is known to be written up to this instant. */
  boolean reaches(Series series, Instant end) {
    Point point = newest.get(series);
    return point != null && !point.end().isBefore(end);
  }

  /** The next point of a series, for the stretch after {@code start} up to {@code end}. */
  Step next(Increment change, Instant start, Instant end) {
    if (reaches(change.series(), end)) {
      return new Step.Settled();
    }
    Optional<Point> base = base(change.series(), start);
    if (base.isEmpty()) {
      return new Step.Write(new Point(start.plus(GAP), end, change.since()));
    }
    Point last = base.get();
    if (last.end().isAfter(start)
        && !countedUntil(change.series()).equals(Optional.of(last.end()))) {
      return new Step.Unknown();
    }
    return new Step.Write(new Point(last.start(), end, last.value().plus(change.since())));
  }

  /**
   * The same change as a new start right after the base, for a series whose stored start is not the
   * base's; taken only if nothing newer is there.
   */
  Optional<Point> resetForm(Increment change, Instant start, Instant end) {
    return base(change.series(), start)
        .map(last -> last.end().plus(GAP))
        .filter(restart -> restart.isBefore(end))
        .map(restart -> new Point(restart, end, change.since()));
  }

  private Optional<Point> base(Series series, Instant start) {
    return Optional.ofNullable(newest.get(series)).filter(point -> !point.end().isBefore(start));
  }

  /** What to do for a series in a window. */
  sealed interface Step {
    /** The store has it already. */
    record Settled() implements Step {}

    /** This point is to be written. */
    record Write(Point point) implements Step {}

    /**
     * Another execution wrote up to a point inside the window; which runs came after it is not
     * known, as the runs were added up before.
     */
    public record Unknown() implements Step {}
  }
}
