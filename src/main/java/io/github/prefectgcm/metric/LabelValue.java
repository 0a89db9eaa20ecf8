package io.github.prefectgcm.metric;

/** The rule for what a label can hold. */
public final class LabelValue {
  /** Longest value, see <a href="https://cloud.google.com/monitoring/quotas">Quotas</a>. */
  static final int LONGEST = 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private LabelValue() {}

  /**
   * The value as a store keeps it: cut to 1024 characters, never through a surrogate pair; control
   * characters become spaces, unpaired surrogates U+FFFD. Cleaning twice changes nothing more.
   */
  public static String clean(String text) {
    if (isPlain(text)) {
      return text;
    }
    var clean = new StringBuilder(Math.min(text.length(), LONGEST));
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      if (clean.length() + length > LONGEST) {
        break;
      }
      clean.appendCodePoint(storable(point));
      i += length;
    }
    return clean.toString();
  }

  /** As nearly all are. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return text.length() <= LONGEST;
  }

  private static int storable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> ' ';
      case Character.SURROGATE -> REPLACEMENT;
      default -> point;
    };
  }
}
