package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.util.Optional;

/** The slots of a work pool or a work queue, in the fields {@code concurrency_limit} and others. */
final class SlotFields {
  private SlotFields() {}

  /** Absent without a limit. Servers before 3.6.23 do not tell how many are taken. */
  static Optional<Slots> of(JsonRow row) {
    Optional<Long> used = row.optionalNumber("active_slots").map(Math::round);
    return row.optionalNumber("concurrency_limit").map(limit -> new Slots(Math.round(limit), used));
  }
}
