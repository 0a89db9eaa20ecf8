package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.history.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The deployments that were listed last, by id. */
final class DeploymentDirectory {
  private volatile Optional<Map<String, Origin>> listed = Optional.empty();

  void list(Map<String, Origin> deployments) {
    listed = Optional.of(new TreeMap<>(deployments));
  }

  /** Absent until they were listed. */
  Optional<List<String>> ids() {
    return listed.map(all -> List.copyOf(all.keySet()));
  }

  Origin of(String id) {
    return listed
        .flatMap(all -> Optional.ofNullable(all.get(id)))
        .orElse(new Origin(Origin.DELETED, Origin.DELETED, ""));
  }
}
