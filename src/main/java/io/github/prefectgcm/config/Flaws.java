package io.github.prefectgcm.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what no setting can be, whatever it is for: the traces of files and pages that it was
 * copied from. The sentences never quote the value, which may be a secret.
 */
final class Flaws {
  private static final Pattern QUOTED =
      Pattern.compile("\"[^\"]*\"?|'[^']*'?|`[^`]*`?|[“”„].*|[‘’‚].*|[«»].*|[^\"]*\"|[^']*'");
  private static final Pattern AROUND = Pattern.compile("\"[^\"]*\"|'[^']*'|[“”„].*[“”]");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{?\\w+}?|\\$\\(\\w+\\)|%\\w+%|\\{\\{.*}}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("<[^<>]*>|\\[[A-Z][A-Z _-]*]|…|\\.{3}");

  private Flaws() {}

  /** What is wrong with the text of a setting, as the rest of a sentence that begins with it. */
  static Optional<String> in(String name, String text) {
    if (text.startsWith(name + "=")) {
      return Optional.of("begins with its own name; leave out %s=".formatted(name));
    }
    if (VARIABLE.matcher(text).matches()) {
      return Optional.of(
          "holds the name of a variable, not its value; what sets it does not expand variables");
    }
    if (PLACEHOLDER.matcher(text).matches()) {
      return Optional.of("is still a placeholder; replace it by the value");
    }
    return invisible(text);
  }

  /** Quotes at both ends, or at one of them. */
  static Optional<String> quotes(String text) {
    return told(QUOTED.matcher(text).matches());
  }

  /** Quotes at both ends: a password may have one at its end. */
  static Optional<String> quotesAround(String text) {
    return told(AROUND.matcher(text).matches());
  }

  private static Optional<String> told(boolean quoted) {
    return quoted
        ? Optional.of("is in quotes; leave them out, what reads it keeps them")
        : Optional.empty();
  }

  /** A character that nobody types on purpose. */
  static Optional<String> invisible(String text) {
    return text.codePoints()
        .mapToObj(Flaws::named)
        .flatMap(Optional::stream)
        .findFirst()
        .map(named -> "has " + named + " in it; remove it");
  }

  private static Optional<String> named(int point) {
    if (point == '\n' || point == '\r') {
      return Optional.of("a line break");
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL -> Optional.of("a control character (%s)".formatted(code(point)));
      case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          Optional.of("an invisible character (%s)".formatted(code(point)));
      case Character.SPACE_SEPARATOR ->
          point == ' '
              ? Optional.empty()
              : Optional.of("a space that is no plain one (%s)".formatted(code(point)));
      // What bytes that are no UTF-8 become.
      case Character.SURROGATE -> Optional.of("half a character (%s)".formatted(code(point)));
      default ->
          point == '\uFFFD'
              ? Optional.of("a character that could not be read (%s)".formatted(code(point)))
              : Optional.empty();
    };
  }

  private static String code(int point) {
    return "U+%04X".formatted(point);
  }
}
