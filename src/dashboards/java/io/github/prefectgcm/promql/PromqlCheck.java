package io.github.prefectgcm.promql;

import java.util.List;
import java.util.Set;

/**
 * Checks a PromQL query against the catalogue. The query is to have the default metric prefix, and
 * durations in place of variables such as {@code ${__interval}}.
 */
public final class PromqlCheck {
  private PromqlCheck() {}

  /** A sentence for each fault; none if the query is right. */
  public static List<String> problems(String query) {
    try {
      var analysis = new Analysis();
      Analysis.Result result = analysis.of(Parser.parse(query));
      if (result.type() == ExpressionType.RANGE || result.type() == ExpressionType.TEXT) {
        analysis.say("the query yields a " + result.type() + ", no line and no number");
      }
      return analysis.problems();
    } catch (SyntaxException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** The labels that the series of the query's result can have. */
  public static Set<String> labels(String query) {
    return new Analysis().of(Parser.parse(query)).labels();
  }
}
