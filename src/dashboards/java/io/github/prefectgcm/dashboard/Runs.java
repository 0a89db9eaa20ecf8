package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Standard.added;

/** Finished runs, by how they are to be judged. */
final class Runs {
  private Runs() {}

  static Standard failed() {
    return added("flow_run/finished_count").where("state", "failed", "crashed");
  }

  /** Without the cancelled ones, which are neither good nor bad. */
  static Standard judged() {
    return added("flow_run/finished_count").where("state", "completed", "failed", "crashed");
  }
}
