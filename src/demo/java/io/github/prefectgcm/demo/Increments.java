package io.github.prefectgcm.demo;

import io.github.prefectgcm.demo.WrittenSeries.WrittenPoint;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Value;
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
  static List<Increment> of(WrittenSeries series) {
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
      case Int64Value whole -> new Int64Value(whole.value() - ((Int64Value) before).value());
      case DoubleValue real -> new DoubleValue(real.value() - ((DoubleValue) before).value());
      case DistributionValue spread -> minus(spread, (DistributionValue) before);
    };
  }

  /** Only the counts matter to a chart; mean and deviation of the difference are left out. */
  private static DistributionValue minus(DistributionValue total, DistributionValue before) {
    var counts = new ArrayList<Long>();
    for (int i = 0; i < total.counts().size(); i++) {
      counts.add(total.counts().get(i) - before.counts().get(i));
    }
    return new DistributionValue(total.buckets(), total.count() - before.count(), 0, 0, counts);
  }
}
