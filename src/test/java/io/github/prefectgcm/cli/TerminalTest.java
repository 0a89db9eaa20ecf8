package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void itsOwnWordHoldsUnlessSomebodyWishesOtherwise() {
    assertEquals(132, Terminal.columns(Map.of(), 132));
    assertEquals(80, Terminal.columns(Map.of("COLUMNS", "80"), 132));
  }

  @Test
  void whatIsNoWidthDoesNotCount() {
    assertEquals(100, Terminal.columns(Map.of(), 0));
    assertEquals(100, Terminal.columns(Map.of("COLUMNS", "0"), 0));
    assertEquals(132, Terminal.columns(Map.of("COLUMNS", "wide"), 132));
  }
}
