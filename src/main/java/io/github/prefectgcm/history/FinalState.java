package io.github.prefectgcm.history;

import java.util.Locale;

/** The four state types in which a flow run ends. */
public enum FinalState {
  COMPLETED,
  FAILED,
  CRASHED,
  CANCELLED;

  /** The state type in lower case, as label values have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
