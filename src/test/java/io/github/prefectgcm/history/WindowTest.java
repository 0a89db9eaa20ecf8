package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Window WINDOW = new Window(NOON, NOON.plusSeconds(300));

  @Test
  void itsStartIsOutsideAndItsEndInside() {
    assertFalse(WINDOW.contains(NOON));
    assertTrue(WINDOW.contains(NOON.plusNanos(1_000)));
    assertTrue(WINDOW.contains(NOON.plusSeconds(300)));
    assertFalse(WINDOW.contains(NOON.plusSeconds(300).plusNanos(1_000)));
  }

  @Test
  void itIsAsLongAsTheTimeBetween() {
    assertEquals(Duration.ofMinutes(5), WINDOW.length());
  }

  @Test
  void itIsNeverEmpty() {
    assertEquals(
        "window is empty: 2026-03-29T12:00:00Z..2026-03-29T12:00:00Z",
        assertThrows(IllegalArgumentException.class, () -> new Window(NOON, NOON)).getMessage());
  }
}
