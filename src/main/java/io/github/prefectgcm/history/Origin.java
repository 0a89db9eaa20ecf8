package io.github.prefectgcm.history;

/**
 * Where a run comes from, by name. A name that does not apply (a run without a deployment, or
 * without a work pool) is the empty string; the name of a flow or deployment that no longer exists
 * is {@link #DELETED}, that of one which cannot be read {@link #UNREADABLE}.
 *
 * @param owner whose it is by its tags; the empty string if they do not tell
 */
public record Origin(String flowName, String deploymentName, String workPoolName, String owner) {
  /** Stands for the name of a flow or a deployment that is gone. */
  public static final String DELETED = "(deleted)";

  /** Stands for the name of a flow or a deployment that is there and cannot be read. */
  public static final String UNREADABLE = "(unreadable)";

  /** Of nobody in particular. */
  public Origin(String flowName, String deploymentName, String workPoolName) {
    this(flowName, deploymentName, workPoolName, "");
  }

  /** Whether there is a deployment, and its name and that of its flow are known. */
  public boolean hasDeployment() {
    return !deploymentName.isEmpty() && isName(deploymentName) && isName(flowName);
  }

  private static boolean isName(String name) {
    return !name.equals(DELETED) && !name.equals(UNREADABLE);
  }
}
