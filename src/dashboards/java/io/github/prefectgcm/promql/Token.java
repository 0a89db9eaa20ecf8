package io.github.prefectgcm.promql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word of a PromQL query, and where it stands. */
record Token(Kind kind, String text, int position) {
  enum Kind {
    TEXT,
    DURATION,
    NUMBER,
    NAME,
    SIGN,
    END
  }

  private static final Pattern WORDS =
      Pattern.compile(
          """
          (?x) \\s+ | \\#[^\\n]*
          | (?<TEXT> "(?:[^"\\\\\\n]|\\\\.)*" | '(?:[^'\\\\\\n]|\\\\.)*' )
          | (?<DURATION> (?:\\d+(?:ms|[smhdwy]))+ (?![\\w.]) )
          | (?<NUMBER> (?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)? (?![\\w.]) )
          | (?<NAME> [a-zA-Z_][\\w:]* )
          | (?<SIGN> =~ | !~ | == | != | <= | >= | [-+*/%^<>=(){}\\[\\],:@] )
          """);

  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");

  private static final Map<String, Long> MILLIS =
      Map.of(
          "ms", 1L,
          "s", 1_000L,
          "m", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "w", 604_800_000L,
          "y", 31_536_000_000L);

  /** All words, with an end after the last. */
  static List<Token> of(String query) {
    var tokens = new ArrayList<Token>();
    Matcher word = WORDS.matcher(query);
    int position = 0;
    while (position < query.length()) {
      if (!word.region(position, query.length()).lookingAt()) {
        throw new SyntaxException("nothing of PromQL begins with", query, position);
      }
      for (Kind kind : List.of(Kind.TEXT, Kind.DURATION, Kind.NUMBER, Kind.NAME, Kind.SIGN)) {
        if (word.group(kind.name()) != null) {
          tokens.add(new Token(kind, word.group(kind.name()), position));
        }
      }
      position = word.end();
    }
    tokens.add(new Token(Kind.END, "", position));
    return tokens;
  }

  boolean is(String sign) {
    return kind != Kind.TEXT && text.equals(sign);
  }

  /** A length of time such as {@code 1h30m}. */
  Duration duration() {
    long millis =
        PART.matcher(text)
            .results()
            .mapToLong(
                part -> Long.parseLong(part.group(1)) * MILLIS.getOrDefault(part.group(2), 0L))
            .sum();
    return Duration.ofMillis(millis);
  }

  String unquoted() {
    String inside = text.substring(1, text.length() - 1);
    return inside.replace("\\\\", "\0").replace("\\", "").replace('\0', '\\');
  }
}
