package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of the points of a stretch of time.
 *
 * @param written how many points were accepted
 * @param rejected points that the store will never take; a gauge refused as not newer is not among
 *     them, it needs nothing
 * @param misfits counters whose every series was rejected, each with its first refusal: a set-up
 *     error that holds nothing else
 * @param unsettled series of which it is not known whether the store has the stretch: it has to be
 *     recorded again by a later execution
 */
public record WindowResult(
    int written, List<Refusal> rejected, Map<Metric, Refusal> misfits, Set<Series> unsettled) {
  public WindowResult {
    rejected = List.copyOf(rejected);
  }

  /** Whether the watermark may move over the stretch. */
  public boolean isWhole() {
    return unsettled.isEmpty();
  }
}
