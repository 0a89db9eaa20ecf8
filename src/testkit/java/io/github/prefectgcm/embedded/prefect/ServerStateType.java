package io.github.prefectgcm.embedded.prefect;

import java.util.Locale;

/** Prefect's nine state types. */
public enum ServerStateType {
  SCHEDULED,
  PENDING,
  RUNNING,
  PAUSED,
  CANCELLING,
  COMPLETED,
  FAILED,
  CRASHED,
  CANCELLED;

  public boolean isFinal() {
    return switch (this) {
      case COMPLETED, FAILED, CRASHED, CANCELLED -> true;
      case SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING -> false;
    };
  }

  /** The state name that Prefect gives to this type unless told otherwise. */
  public String defaultName() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
