package io.github.prefectgcm.history;

import java.util.Locale;

/** What a run that is not final is doing; the waiting kinds are Prefect's SCHEDULED by name. */
public enum CurrentState {
  /** SCHEDULED, its time has come, under any name but the three below. */
  DUE,
  LATE,
  AWAITING_RETRY,
  AWAITING_CONCURRENCY_SLOT,
  PENDING,
  RUNNING,
  PAUSED,
  CANCELLING;

  /** The name in lower case, as label values have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
