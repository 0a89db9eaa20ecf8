package io.github.prefectgcm.history;

/** Runs as they are counted, without what tells one from another. */
public final class Undetailed {
  private Undetailed() {}

  public static FinishedRun run(FinishedRun run) {
    return new FinishedRun(
        run.origin(), run.state(), run.runCount(), run.runTime(), run.endTime(), run.reason());
  }
}
