package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void someCharactersTakeTwoColumnsAndSomeNone() {
    assertEquals(5, Columns.of("größe"));
    assertEquals(4, Columns.of("夜間"));
    assertEquals(5, Columns.of("🚀 go"));
    assertEquals(4, Columns.of("cafe\u0301"));
    assertEquals(2, Columns.of("Ａ"));
    assertEquals(1, Columns.of("ｱ"));
  }

  @Test
  void linesBreakAtSpaces() {
    assertEquals(List.of("one two", "three"), Columns.wrap("one two three", 7));
    assertEquals(List.of("one two", "three"), Columns.wrap("one two three", 9));
    assertEquals(List.of("one two three"), Columns.wrap("one two three", 13));
    assertEquals(List.of(""), Columns.wrap("", 5));
  }

  @Test
  void wordsBreakWhereThereIsNoSpaceAndNoCharacterIsBroken() {
    assertEquals(List.of("abcd", "efg"), Columns.wrap("abcdefg", 4));
    assertEquals(List.of("🚀", "🚀"), Columns.wrap("🚀🚀", 3));
    assertEquals(List.of("🚀", "🚀"), Columns.wrap("🚀🚀", 1));
  }

  @Test
  void listsBreakBetweenTheirParts() {
    List<String> parts = List.of("one", "two words", "three");
    assertEquals(List.of("one, two words, three"), Columns.list(parts, "  ", 80));
    assertEquals(List.of("one, two words,", "  three"), Columns.list(parts, "  ", 20));
    assertEquals(List.of("one,", "  two words,", "  three"), Columns.list(parts, "  ", 12));
    assertEquals(List.of("one,", "  two", "  words,", "  three"), Columns.list(parts, "  ", 9));
    assertEquals(List.of("nothing"), Columns.list(List.of("nothing"), "  ", 80));
  }
}
