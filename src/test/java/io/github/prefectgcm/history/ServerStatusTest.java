package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerStatusTest {
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

  @Test
  void theReferenceClockStandsFromTheAnswerOn() {
    var ahead = new ClockReading(NOON.plusSeconds(5), NOON);
    assertEquals(NOON, contact(Optional.of(ahead)).reference(NOON.plusSeconds(60)));
  }

  private static Instant reference(Optional<Instant> theirs) {
    Instant ours = NOON.plusNanos(999_999);
    return contact(theirs.map(time -> new ClockReading(time, ours))).reference(ours);
  }

  private static ServerStatus contact(Optional<ClockReading> clock) {
    return new ServerStatus(true, clock, Optional.empty(), Optional.empty());
  }
}
