package io.github.prefectgcm.cli;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many columns of a terminal a text takes, and where it is broken to take no more than some.
 */
final class Columns {
  private static final Set<UnicodeScript> WIDE =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int point) {
    if (point < 0x300) {
      return 1;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(point) ? 2 : 1;
    };
  }

  private static boolean isWide(int point) {
    boolean halfwidth = point >= 0xFF61 && point <= 0xFFDC;
    boolean fullwidth = point >= 0xFF01 && point <= 0xFF60;
    boolean punctuation = point >= 0x3000 && point <= 0x303E;
    return fullwidth
        || punctuation
        || Character.isEmojiPresentation(point)
        || (!halfwidth && WIDE.contains(UnicodeScript.of(point)));
  }

  /** The lines that a text takes, broken at spaces, or within a word that is too long. */
  static List<String> wrap(String text, int most) {
    var lines = new ArrayList<String>();
    String rest = text;
    for (int end; of(rest) > most && (end = fitting(rest, most)) < rest.length(); ) {
      int space = rest.lastIndexOf(' ', end);
      boolean atSpace = space > 0;
      lines.add(rest.substring(0, atSpace ? space : end));
      rest = rest.substring(atSpace ? space + 1 : end);
    }
    lines.add(rest);
    return lines;
  }

  /**
   * The lines that parts take with commas between them, broken between two parts where that can be.
   *
   * @param indent of all lines but the first
   */
  static List<String> list(List<String> parts, String indent, int most) {
    var lines = new ArrayList<String>();
    String line = "";
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i) + (i < parts.size() - 1 ? "," : "");
      String longer = line.isBlank() ? line + part : line + " " + part;
      if (of(longer) > most && !line.isBlank()) {
        lines.add(line);
        longer = indent + part;
      }
      List<String> broken = wrap(longer, of(longer) > most ? most - of(indent) : most);
      for (int k = 0; k < broken.size(); k++) {
        line = (k == 0 ? "" : indent) + broken.get(k);
        if (k < broken.size() - 1) {
          lines.add(line);
        }
      }
    }
    lines.add(line);
    return lines;
  }

  /** The index after the last character that fits, at least one. */
  private static int fitting(String text, int most) {
    int end = Character.charCount(text.codePointAt(0));
    int columns = of(text.codePointAt(0));
    while (end < text.length()) {
      int point = text.codePointAt(end);
      columns += of(point);
      if (columns > most) {
        break;
      }
      end += Character.charCount(point);
    }
    return end;
  }
}
