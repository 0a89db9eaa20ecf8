package io.github.prefectgcm.prefect.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Reads times with an offset. Prefect writes all of its own in one form, thousands in an execution,
 * and Java's formatter takes long for each of them; it is asked for any other form.
 */
final class Timestamp {
  private static final String FORM = "0000-00-00T00:00:00.000000";
  private static final int SECONDS = FORM.indexOf('.');

  private Timestamp() {}

  /**
   * To the microsecond, which is all that Prefect keeps.
   *
   * @throws java.time.DateTimeException if it is no time
   */
  static Instant parse(String text) {
    boolean utc = text.endsWith("Z") || text.endsWith("+00:00");
    int end = text.length() - (text.endsWith("Z") ? "Z" : "+00:00").length();
    return utc && (end == SECONDS || end == FORM.length()) && hasForm(text, end)
        ? LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, SECONDS),
                end == SECONDS ? 0 : number(text, SECONDS + 1, end) * 1_000)
            .toInstant(ZoneOffset.UTC)
        : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
  }

  private static boolean hasForm(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean fits = FORM.charAt(i) == '0' ? c >= '0' && c <= '9' : c == FORM.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }
}
