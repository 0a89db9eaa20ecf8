package io.github.prefectgcm.history;

import java.util.Locale;

/** What a run that is not final is doing; the waiting kinds are Prefect's SCHEDULED by name. */
public enum CurrentState {
  /**
   * SCHEDULED, its time has come, under any name but the three below; a run that resumes is among
   * them.
   */
  DUE,
  LATE,
  /** SCHEDULED again after an attempt, however long it is to the next one. */
  AWAITING_RETRY,
  /** Held back by its deployment's concurrency limit; Prefect tries again every half minute. */
  AWAITING_CONCURRENCY_SLOT,
  PENDING,
  RUNNING,
  /** Also a suspended run. */
  PAUSED,
  CANCELLING;

  /** The name in lower case, as label values have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
