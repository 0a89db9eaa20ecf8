package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** Prefect's sorts of flow runs, absent values as SQLite puts them: smallest. */
enum Sort {
  ID_DESC,
  START_TIME_ASC,
  START_TIME_DESC,
  EXPECTED_START_TIME_ASC,
  EXPECTED_START_TIME_DESC,
  NEXT_SCHEDULED_START_TIME_ASC,
  END_TIME_DESC;

  Comparator<RunRow> order() {
    return switch (this) {
      case ID_DESC -> Comparator.comparing((RunRow row) -> row.run().id, Sort::compare).reversed();
      case START_TIME_ASC -> Comparator.comparing(RunRow::startOrExpected);
      case START_TIME_DESC -> START_TIME_ASC.order().reversed();
      case EXPECTED_START_TIME_ASC -> Comparator.comparing(row -> row.run().expected);
      case EXPECTED_START_TIME_DESC -> EXPECTED_START_TIME_ASC.order().reversed();
      case NEXT_SCHEDULED_START_TIME_ASC ->
          Comparator.comparing(row -> row.nextScheduled().orElse(Instant.MIN));
      case END_TIME_DESC ->
          Comparator.comparing((RunRow row) -> row.end().orElse(Instant.MIN)).reversed();
    };
  }

  /** As the database compares: byte by byte, not as {@link UUID#compareTo} does. */
  private static int compare(UUID left, UUID right) {
    int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }
}
