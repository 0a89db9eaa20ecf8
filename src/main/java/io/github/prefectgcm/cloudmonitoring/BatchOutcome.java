package io.github.prefectgcm.cloudmonitoring;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of a batch that was answered with an error; whatever is named in neither was
 * written.
 *
 * @param refused index of a series and the reason
 * @param unknown indexes of series of which nothing is sure
 */
record BatchOutcome(Map<Integer, String> refused, Set<Integer> unknown) {

  /** Believes the text only if it adds up: it is cut at times, and may name too many. */
  static BatchOutcome of(RpcFailure fault, int size) {
    Map<Integer, String> named = WriteErrorParser.parse(fault.text());
    boolean addsUp =
        fault.isAboutSamples()
            && fault.summary().filter(summary -> isOf(summary, size, named.size())).isPresent()
            && named.keySet().stream().allMatch(index -> index < size);
    if (named.isEmpty() || !addsUp) {
      return nothingKnown(size);
    }
    var refused = new TreeMap<>(named);
    refused.values().removeIf(WriteErrorParser::isDoubtful);
    var unknown = new TreeSet<>(named.keySet());
    unknown.removeAll(refused.keySet());
    return new BatchOutcome(refused, unknown);
  }

  static BatchOutcome nothingKnown(int size) {
    var all = new TreeSet<Integer>();
    for (int i = 0; i < size; i++) {
      all.add(i);
    }
    return new BatchOutcome(Map.of(), all);
  }

  private static boolean isOf(CreateTimeSeriesSummary summary, int size, int failed) {
    return summary.getTotalPointCount() == size && summary.getSuccessPointCount() == size - failed;
  }
}
