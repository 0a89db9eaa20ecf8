package io.github.prefectgcm.history;

import java.util.List;
import java.util.Set;

/**
 * Deployments, flows (by name) and work pools that exist now; the lists are in order of name.
 *
 * @param isWhole whether these are all; what is missing is not known to be gone else
 */
public record Inventory(
    List<Deployment> deployments,
    Set<String> flowNames,
    List<WorkPool> workPools,
    boolean isWhole) {
  public Inventory {
    deployments = List.copyOf(deployments);
    flowNames = Set.copyOf(flowNames);
    workPools = List.copyOf(workPools);
  }

  /** All that there is. */
  public Inventory(List<Deployment> deployments, Set<String> flowNames, List<WorkPool> workPools) {
    this(deployments, flowNames, workPools, true);
  }
}
