package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far everything is counted: the end of the newest point of a counter of windows, which is
 * written alone, after everything else of a window. Its value obeys the rule of all counters: only
 * a point that was read or accepted is built upon.
 */
public final class Watermark {
  private static final Int64Value ONE = new Int64Value(1);

  private final PointStore store;
  private final Series series;
  private final Instant since;
  private final Instant until;
  private Optional<Point> newest;
  private Optional<Refusal> refusal = Optional.empty();

  /**
   * A watermark whose newest point was read; absent if none is there, or if it does not count.
   *
   * @param since how far back it is looked for, exclusive
   * @param until how far ahead, inclusive
   */
  public Watermark(
      PointStore store, Series series, Optional<Point> read, Instant since, Instant until) {
    this.store = store;
    this.series = series;
    this.newest = read;
    this.since = since;
    this.until = until;
  }

  /** The newest point that is known to be there. */
  public Optional<Point> newest() {
    return newest;
  }

  /** Why the last move was refused, unless a look showed that the point is there all the same. */
  public Optional<Refusal> refusal() {
    return refusal;
  }

  /**
   * Moves it over a window of which all else is written. A refusal loses no run: the next execution
   * begins at the watermark that it can read.
   *
   * @param start of the window, exclusive
   * @param end of the window, inclusive
   * @return whether a point was written
   */
  public boolean move(Instant start, Instant end) throws StoreException {
    refusal = Optional.empty();
    if (reaches(end)) {
      return false;
    }
    for (Point form : forms(start, end)) {
      List<Refusal> refusals = store.write(List.of(new Sample(series, form)));
      if (refusals.isEmpty()) {
        newest = Optional.of(form);
        refusal = Optional.empty();
        return true;
      }
      refusal = Optional.of(refusals.getFirst());
      if (refusals.getFirst().reason() != Refusal.Reason.NOT_NEWER) {
        return false;
      }
    }
    look();
    if (reaches(end)) {
      refusal = Optional.empty();
    }
    return false;
  }

  /** Looks whether there is a newer point than the one that is known. */
  public void look() throws StoreException {
    store
        .newest(series, since, until)
        .filter(seen -> newest.isEmpty() || seen.end().isAfter(newest.get().end()))
        .ifPresent(seen -> newest = Optional.of(seen));
  }

  /** Whether it is known to have come as far as that. */
  public boolean reaches(Instant end) {
    return newest.filter(point -> !point.end().isBefore(end)).isPresent();
  }

  /** A point that ends before the window does not count: what came after it is not known. */
  private List<Point> forms(Instant start, Instant end) {
    Optional<Point> base = newest.filter(point -> !point.end().isBefore(start));
    if (base.isEmpty()) {
      return List.of(new Point(start.plus(Ledger.GAP), end, ONE));
    }
    Point last = base.get();
    return List.of(
        new Point(last.start(), end, last.value().plus(ONE)),
        new Point(last.end().plus(Ledger.GAP), end, ONE));
  }
}
