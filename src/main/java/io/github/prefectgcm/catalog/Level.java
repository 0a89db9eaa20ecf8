package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A gauge that is measured now and has no past.
 *
 * @param measure the value of each series by its label values; absent if what it is measured from
 *     could not be read
 */
record Level(
    Metric metric, boolean standard, Function<Snapshot, Optional<Map<List<String>, Value>>> measure)
    implements Entry {

  /** One that is written unless somebody decides otherwise. */
  Level(Metric metric, Function<Snapshot, Optional<Map<List<String>, Value>>> measure) {
    this(metric, true, measure);
  }

  /** One that is written only where somebody wants it. */
  static Level detail(
      Metric metric, Function<Snapshot, Optional<Map<List<String>, Value>>> measure) {
    return new Level(metric, false, measure);
  }
}
