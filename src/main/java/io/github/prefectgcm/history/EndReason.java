package io.github.prefectgcm.history;

/** Why a run ended, as far as that is no fault of its flow or its infrastructure. */
public enum EndReason {
  /** Its deployment's concurrency limit was reached, and that says to cancel new runs. */
  CONCURRENCY_LIMIT,

  /**
   * It was cancelled, or set to completed, before there was any infrastructure for it: somebody, or
   * an automation, decided so.
   */
  WITHDRAWN,

  /** Not known: Prefect could not show the run. Whether it ever started is not known either. */
  UNREADABLE,

  /** Anything else. */
  OTHER
}
