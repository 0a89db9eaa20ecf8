package io.github.prefectgcm.descriptor;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.metric.StoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the metrics of the catalogue are declared, beside how they should be. */
public record DescriptorDiffs(List<DescriptorDiff> all) {
  /** What to do about a descriptor that cannot be changed. */
  public static final String REMEDY =
      "set another METRIC_PREFIX, or delete the descriptor and its data";

  public static DescriptorDiffs of(DescriptorRegistry registry) throws StoreException {
    Map<String, Descriptor> declared = registry.declared();
    return new DescriptorDiffs(
        Catalog.ALL.entries().stream()
            .map(entry -> DescriptorDiff.of(entry.metric(), declared))
            .toList());
  }

  public <D extends DescriptorDiff> List<D> those(Class<D> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether a descriptor is in the way of the job's points. */
  public boolean conflict() {
    return !those(DescriptorDiff.Conflict.class).isEmpty();
  }

  /** In one sentence, with what to do. */
  public String sentence() {
    if (conflict()) {
      return those(DescriptorDiff.Conflict.class).stream()
          .map(each -> each.metric().name() + ": " + String.join(", ", each.reasons()))
          .collect(Collectors.joining("; ", "", "; " + REMEDY));
    }
    int missing = those(DescriptorDiff.Missing.class).size();
    int edits = those(DescriptorDiff.Edits.class).size();
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
