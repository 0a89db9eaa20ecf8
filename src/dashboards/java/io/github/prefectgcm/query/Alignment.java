package io.github.prefectgcm.query;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.monitoring.dashboard.v1.Aggregation.Aligner;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.query.Periods.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes one value for each period of a series' points. */
final class Alignment {

  /** What a counter gained, and when. */
  private record Gain(Instant start, Instant end, Amount amount) {}

  private Alignment() {}

  static NavigableMap<Instant, Amount> align(
      Aligner aligner, MetricKind kind, List<StoredPoint> points, List<Period> periods) {
    List<Gain> gains = kind == MetricKind.GAUGE ? List.of() : gains(points);
    var values = new TreeMap<Instant, Amount>();
    for (Period period : periods) {
      Optional<Amount> value =
          switch (aligner) {
            case ALIGN_DELTA -> gained(gains, period);
            case ALIGN_NEXT_OLDER -> within(points, period).reduce((older, newer) -> newer);
            case ALIGN_MAX -> within(points, period).reduce(Alignment::higher);
            case ALIGN_MIN -> within(points, period).reduce(Alignment::lower);
            default -> throw new IllegalArgumentException("not evaluated: " + aligner);
          };
      value.ifPresent(amount -> values.put(period.end(), amount));
    }
    return values;
  }

  /**
   * A point with the start of the one before it gained the difference, after that one's end; any
   * other all of its value, after its start. Starts are a millisecond late, as intervals are
   * closed.
   */
  private static List<Gain> gains(List<StoredPoint> points) {
    var gains = new ArrayList<Gain>();
    Optional<StoredPoint> before = Optional.empty();
    for (StoredPoint now : points) {
      Amount value = Amount.of(now);
      gains.add(
          before
              .filter(one -> one.start().equals(now.start()))
              .map(one -> new Gain(one.end(), now.end(), value.minus(Amount.of(one))))
              .orElseGet(() -> new Gain(now.start().minusMillis(1), now.end(), value)));
      before = Optional.of(now);
    }
    return gains;
  }

  /** A gain that reaches into several periods is divided, as if it had been steady. */
  private static Optional<Amount> gained(List<Gain> gains, Period period) {
    return gains.stream()
        .filter(gain -> period.shareOf(gain.start(), gain.end()) > 0)
        .map(gain -> gain.amount().times(period.shareOf(gain.start(), gain.end())))
        .reduce(Amount::plus);
  }

  private static Stream<Amount> within(List<StoredPoint> points, Period period) {
    return points.stream().filter(point -> period.contains(point.end())).map(Amount::of);
  }

  private static Amount higher(Amount one, Amount other) {
    return one.number() >= other.number() ? one : other;
  }

  private static Amount lower(Amount one, Amount other) {
    return one.number() <= other.number() ? one : other;
  }
}
