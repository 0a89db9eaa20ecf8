package io.github.prefectgcm;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.metric.Descriptor;
import io.github.prefectgcm.metric.Difference;
import io.github.prefectgcm.metric.Registry;
import io.github.prefectgcm.metric.StoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the metrics of the catalogue are declared, beside how they should be. */
record Differences(List<Difference> all) {
  /** What to do about a descriptor that cannot be changed. */
  static final String REMEDY = "set another METRIC_PREFIX, or delete the descriptor and its data";

  static Differences of(Registry registry) throws StoreException {
    Map<String, Descriptor> declared = registry.declared();
    return new Differences(
        Catalog.entries().stream().map(entry -> Difference.of(entry.metric(), declared)).toList());
  }

  <D extends Difference> List<D> those(Class<D> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether a descriptor is in the way of the job's points. */
  boolean conflict() {
    return !those(Difference.Conflict.class).isEmpty();
  }

  /** In one sentence, with what to do. */
  String sentence() {
    if (conflict()) {
      return those(Difference.Conflict.class).stream()
          .map(each -> each.metric().name() + ": " + String.join(", ", each.reasons()))
          .collect(Collectors.joining("; ", "", "; " + REMEDY));
    }
    int missing = those(Difference.Missing.class).size();
    int edits = those(Difference.Edits.class).size();
    if (missing > 0) {
      return missing
          + " of "
          + all.size()
          + " not there yet: made at their first write, or by `prefect-gcm descriptors --apply`";
    }
    return edits > 0
        ? edits
            + " of "
            + all.size()
            + " with other texts or units: `prefect-gcm descriptors` shows them"
        : "all " + all.size() + " as they should be";
  }
}
