package io.github.prefectgcm.embedded.monitoring;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as Cloud Monitoring's refusals print them: where its engineers live. */
final class PacificTime {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final DateTimeFormatter SLASHED =
      DateTimeFormatter.ofPattern("yyyy/MM/dd-HH:mm:ss.SSS").withZone(ZONE);

  private PacificTime() {}

  /** Such as {@code 2020-10-20T15:33:00-07:00}. */
  static String iso(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(ZONE));
  }

  /** Such as {@code 2025/10/05-06:03:53.004}. */
  static String slashed(Instant time) {
    return SLASHED.format(time);
  }

  /** Such as {@code 2026/06/25-16:11:15.869 (1782429075869000)}. */
  static String slashedWithMicros(Instant time) {
    return "%s (%d000)".formatted(slashed(time), time.toEpochMilli());
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
