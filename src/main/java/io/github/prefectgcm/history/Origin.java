package io.github.prefectgcm.history;

/**
 * Where a run comes from, by name. A name that does not apply (a run without a deployment, or
 * without a work pool) is the empty string; the name of a flow or deployment that no longer exists
 * is {@link #DELETED}.
 */
public record Origin(String flowName, String deploymentName, String workPoolName) {
  /** Stands for the name of a flow or a deployment that is gone. */
  public static final String DELETED = "(deleted)";
}
