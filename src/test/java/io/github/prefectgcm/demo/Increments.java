package io.github.prefectgcm.demo;

import io.github.prefectgcm.demo.Written.WrittenPoint;
import io.github.prefectgcm.metric.Real;
import io.github.prefectgcm.metric.Spread;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.Whole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was added from each point of a counter to the next, as ALIGN_DELTA would show it. */
final class Increments {
  private Increments() {}

  /**
   * What one point added.
   *
   * @param end the point's end time
   */
  record Increment(Instant end, Instant appliedAt, Value value) {}

  /** A point with a start of its own counts whole: the counter was reset there. */
  static List<Increment> of(Written series) {
    var increments = new ArrayList<Increment>();
    WrittenPoint before = null;
    for (WrittenPoint now : series.points()) {
      Value value = now.point().value();
      if (before != null && before.point().start().equals(now.point().start())) {
        value = minus(value, before.point().value());
      }
      increments.add(new Increment(now.point().end(), now.appliedAt(), value));
      before = now;
    }
    return increments;
  }

  private static Value minus(Value total, Value before) {
    return switch (total) {
      case Whole whole -> new Whole(whole.value() - ((Whole) before).value());
      case Real real -> new Real(real.value() - ((Real) before).value());
      case Spread spread -> minus(spread, (Spread) before);
    };
  }

  /** Only the counts matter to a chart; mean and deviation of the difference are left out. */
  private static Spread minus(Spread total, Spread before) {
    var counts = new ArrayList<Long>();
    for (int i = 0; i < total.counts().size(); i++) {
      counts.add(total.counts().get(i) - before.counts().get(i));
    }
    return new Spread(total.buckets(), total.count() - before.count(), 0, 0, counts);
  }
}
