package io.github.prefectgcm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelValueTest {
  private static final String PAIR = "\uD83D\uDE00";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                        ''
          nightly load,              nightly load
          naïve 日本 "q" \\,          naïve 日本 "q" \\
          """)
  void leavesOrdinaryNamesAlone(String name, String clean) {
    assertEquals(clean, LabelValue.clean(name));
  }

  @Test
  void makesControlCharactersSpaces() {
    assertEquals("a b c d ", LabelValue.clean("a\0b\nc\u0085d\u007f"));
  }

  @Test
  void replacesUnpairedSurrogates() {
    assertEquals("\uFFFDa\uFFFD", LabelValue.clean("\uDE00a\uD83D"));
    assertEquals(PAIR, LabelValue.clean(PAIR));
  }

  @Test
  void cutsAtTheLongestButNeverThroughAPair() {
    assertEquals("x".repeat(1024), LabelValue.clean("x".repeat(1025)));
    assertEquals("x".repeat(1022) + PAIR, LabelValue.clean("x".repeat(1022) + PAIR + "more"));
    assertEquals("x".repeat(1023), LabelValue.clean("x".repeat(1023) + PAIR));
  }

  @Test
  void cleaningTwiceChangesNothing() {
    String once = LabelValue.clean("x".repeat(1023) + PAIR + "\n\uD83D");
    assertEquals(once, LabelValue.clean(once));
  }
}
