package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theReferenceClockIsTheSources() {
    assertEquals(NOON.minusSeconds(5), reference(Optional.of(NOON.minusSeconds(5))));
  }

  @Test
  void theReferenceClockIsNeverAheadOfOurs() {
    assertEquals(NOON, reference(Optional.of(NOON.plusSeconds(5))));
  }

  @Test
  void withoutAnAnswerTheReferenceClockIsOursInWholeMilliseconds() {
    assertEquals(NOON, reference(Optional.empty()));
  }

  private static Instant reference(Optional<Instant> time) {
    return new Contact(true, time, Optional.empty(), Optional.empty())
        .reference(NOON.plusNanos(999_999));
  }
}
