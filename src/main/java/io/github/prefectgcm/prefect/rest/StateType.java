package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.util.Locale;
import java.util.Optional;

/** All of Prefect's state types. */
enum StateType {
  SCHEDULED,
  PENDING,
  RUNNING,
  PAUSED,
  CANCELLING,
  COMPLETED,
  FAILED,
  CRASHED,
  CANCELLED;

  static StateType of(JsonRow row) throws SourceException {
    String text = row.text("state_type");
    for (StateType type : values()) {
      if (type.name().equals(text)) {
        return type;
      }
    }
    throw JsonRow.unusable("state_type");
  }

  /** The name of a state of this type to which nobody gave another one. */
  String usualName() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  Optional<FinalState> end() {
    return switch (this) {
      case COMPLETED -> Optional.of(FinalState.COMPLETED);
      case FAILED -> Optional.of(FinalState.FAILED);
      case CRASHED -> Optional.of(FinalState.CRASHED);
      case CANCELLED -> Optional.of(FinalState.CANCELLED);
      case SCHEDULED, PENDING, RUNNING, PAUSED, CANCELLING -> Optional.empty();
    };
  }
}
