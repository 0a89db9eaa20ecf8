package io.github.prefectgcm.promql;

/** A query is no PromQL, or uses what this parser does not know. */
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SyntaxException(String problem, String query, int position) {
    super(problem + " at " + position + ": " + rest(query, position));
  }

  private static String rest(String query, int position) {
    return position >= query.length()
        ? "the end"
        : query.substring(position, Math.min(query.length(), position + 40));
  }
}
