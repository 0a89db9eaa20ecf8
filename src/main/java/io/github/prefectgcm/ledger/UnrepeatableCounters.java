package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counters of what only the present execution knows, such as the points that were refused in it. No
 * other execution can work these amounts out again, so a total could fall if it were built upon a
 * point that another one has followed already, which a read does not show yet.
 *
 * <p>Each execution therefore starts its series anew, at a time of its own; a store takes that only
 * if nothing newer is there. An amount comes after a zero, for readers that know a restart by a
 * falling value alone.
 */
public final class UnrepeatableCounters {
  /** Points of one series have to be some seconds apart. */
  static final Duration SPACING = Duration.ofSeconds(10);

  private final PointStore store;
  private final Instant now;
  private final Instant start;
  private final Instant since;
  private final Instant until;

  /**
   * @param now the end of the points, the reference clock
   * @param period time between two executions; the points cover half of it
   * @param since how far back a point is looked for, exclusive
   * @param until how far ahead, inclusive
   */
  public UnrepeatableCounters(
      PointStore store, Instant now, Duration period, Instant since, Instant until) {
    this.store = store;
    this.now = now;
    this.start = now.minusMillis(period.toMillis() / 2);
    this.since = since;
    this.until = until;
  }

  /**
   * Adds to each series what happened, which may be nothing.
   *
   * @return what was written and rejected; unsettled are those whose amount could not be added
   */
  public WindowResult add(Map<Series, Long> amounts) throws StoreException {
    var rejected = new ArrayList<Refusal>();
    var behind = new LinkedHashSet<Series>();
    int written = write(zeros(amounts), rejected, behind);
    var samples = new ArrayList<Sample>();
    amounts.forEach((series, amount) -> {
      if (!behind.contains(series)) {
        samples.add(sample(series, start, now, amount));
      }
    });
    written += write(samples, rejected, behind);

    var unsettled = new LinkedHashSet<Series>();
    var again = new ArrayList<Sample>();
    for (Series series : behind) {
      long amount = amounts.getOrDefault(series, 0L);
      Optional<Instant> free = amount == 0 ? Optional.empty() : free(series);
      if (free.isPresent()) {
        again.add(sample(series, free.get(), now, amount));
      } else if (amount > 0) {
        unsettled.add(series);
      }
    }
    written += write(again, rejected, unsettled);
    return new WindowResult(written, rejected, Map.of(), unsettled);
  }

  private List<Sample> zeros(Map<Series, Long> amounts) {
    Instant end = now.minus(SPACING);
    var due = new LinkedHashMap<>(amounts);
    due.values().removeIf(amount -> amount == 0 || !start.isBefore(end));
    return due.keySet().stream().map(series -> sample(series, start, end, 0)).toList();
  }

  /** A start between the newest point that can be seen and now; no other execution has it. */
  private Optional<Instant> free(Series series) throws StoreException {
    return store
        .newest(series, since, until)
        .map(seen -> seen.end().plusMillis(Duration.between(seen.end(), now).toMillis() / 2))
        .filter(middle -> middle.isBefore(now));
  }

  private static Sample sample(Series series, Instant start, Instant end, long amount) {
    return new Sample(series, new Point(start, end, new Int64Value(amount)));
  }

  private int write(List<Sample> samples, List<Refusal> rejected, Set<Series> behind)
      throws StoreException {
    List<Refusal> refusals = samples.isEmpty() ? List.of() : store.write(samples);
    for (Refusal refusal : refusals) {
      if (refusal.reason() == Refusal.Reason.NOT_NEWER) {
        behind.add(refusal.sample().series());
      } else {
        rejected.add(refusal);
      }
    }
    return samples.size() - refusals.size();
  }
}
