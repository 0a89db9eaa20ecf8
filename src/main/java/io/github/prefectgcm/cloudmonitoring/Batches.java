package io.github.prefectgcm.cloudmonitoring;

import java.util.ArrayList;
import java.util.List;

/** Packs groups into requests: as few as their order allows, without splitting a group. */
final class Batches {
  /**
   * Most series in a <a
   * href="https://cloud.google.com/monitoring/api/ref_v3/rpc/google.monitoring.v3#createtimeseriesrequest">request</a>.
   */
  static final int MAX_SERIES = 200;

  private Batches() {}

  /** Each of 1 to {@code max} elements; only a group with more than that is split. */
  static <T> List<List<T>> of(List<List<T>> groups, int max) {
    var batches = new ArrayList<List<T>>();
    var batch = new ArrayList<T>();
    for (List<T> group : groups) {
      if (batch.size() + group.size() > max && !batch.isEmpty()) {
        batches.add(List.copyOf(batch));
        batch.clear();
      }
      for (T element : group) {
        if (batch.size() == max) {
          batches.add(List.copyOf(batch));
          batch.clear();
        }
        batch.add(element);
      }
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    return batches;
  }
}
