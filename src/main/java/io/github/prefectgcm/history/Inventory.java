package io.github.prefectgcm.history;

import java.util.List;
import java.util.Set;

/**
 * All deployments, flows (by name) and work pools that exist now; the lists are in order of name.
 */
public record Inventory(
    List<Deployment> deployments, Set<String> flowNames, List<WorkPool> workPools) {
  public Inventory {
    deployments = List.copyOf(deployments);
    flowNames = Set.copyOf(flowNames);
    workPools = List.copyOf(workPools);
  }
}
