package io.github.prefectgcm.prefect.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what Java's own formatter reads, and so is what is refused. */
class TimestampTest {
  private static final int TIMES = 20_000;
  private static final String CHARACTERS = "0123456789:.-+TZtz ,\u0663";

  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  @Test
  void anyTimeIsReadAsPrefectWritesIt() {
    var random = new Random(1);
    for (int i = 0; i < TIMES; i++) {
      Instant time =
          Instant.ofEpochSecond(random.nextLong(FIRST, LAST + 1))
              .plus(random.nextBoolean() ? random.nextInt(1_000_000) : 0, ChronoUnit.MICROS);
      String text = time.toString();
      String whole = text.replaceFirst("(\\.\\d{3})Z", "$1000Z");
      assertEquals(time, Timestamp.parse(whole), whole);
      assertEquals(time, Timestamp.parse(whole.replace("Z", "+00:00")), whole);
    }
  }

  @Test
  void anyOtherFormIsReadOrRefusedAsByJava() {
    var random = new Random(2);
    for (int i = 0; i < TIMES; i++) {
      var offset = ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
      isSame(Instant.EPOCH.plusNanos(random.nextLong()).atOffset(offset).toString());
    }
  }

  @Test
  void aSpoiltTimeIsReadOrRefusedAsByJava() {
    var random = new Random(3);
    String[] originals = {
      "2026-02-28T23:59:59.123456Z",
      "2024-12-31T00:00:00Z",
      "2026-03-01T12:00:00+00:00",
      "2026-11-30T19:29:39.000001+00:00"
    };
    for (int i = 0; i < 10 * TIMES; i++) {
      var text = new StringBuilder(originals[random.nextInt(originals.length)]);
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int place = random.nextInt(text.length());
        char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(place);
          case 1 -> text.insert(place, character);
          default -> text.setCharAt(place, character);
        }
      }
      isSame(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "+00:00",
        "2026-03-01",
        "2026-03-01T12:00",
        "2026-03-01T12:00Z",
        "2026-03-01T12:00:00",
        "2026-03-01T12:00:00.000000",
        "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:00-00:00",
        "2026-03-01T12:00:00+00",
        "2026-03-01T12:00:00.123456789Z",
        "2026-03-01t12:00:00z",
        "2026-03-01T12:00:00.123456+01:00",
        "2026-03-01 12:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T23:60:00Z",
        "2026-03-01T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2024-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "+202-01-01T00:00:00Z",
        "+12026-01-01T00:00:00Z",
        "2026-+3-01T12:00:00Z",
        "\u0662\u0660\u0662\u0666-03-01T12:00:00Z",
      })
  void anOddTextIsReadOrRefusedAsByJava(String text) {
    isSame(text);
  }

  private static void isSame(String text) {
    assertEquals(byJava(text), read(text), text);
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(Timestamp.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> byJava(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
