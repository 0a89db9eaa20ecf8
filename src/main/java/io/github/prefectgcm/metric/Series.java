package io.github.prefectgcm.metric;

import java.util.List;
import java.util.Optional;

/**
 * A time series.
 *
 * @param labels the values of the metric's labels, in their order; the empty string where a label
 *     does not apply
 */
public record Series(Metric metric, List<String> labels) {
  public Series {
    labels = List.copyOf(labels);
    if (labels.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric.name() + " has " + metric.labels().size() + " labels, not " + labels);
    }
  }

  /** The value of a label; absent if the metric has no such label. */
  public Optional<String> label(String key) {
    for (int i = 0; i < labels.size(); i++) {
      if (metric.labels().get(i).key().equals(key)) {
        return Optional.of(labels.get(i));
      }
    }
    return Optional.empty();
  }

  // Those that a record generates are linked at run time, in every process anew. Records that every
  // execution compares have written ones.

  @Override
  public boolean equals(Object other) {
    return other instanceof Series that && metric.equals(that.metric) && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * metric.hashCode() + labels.hashCode();
  }
}
