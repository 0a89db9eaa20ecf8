package io.github.prefectgcm.promql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A PromQL expression, as its grammar nests. */
sealed interface Expression {
  record Scalar(double value) implements Expression {}

  record Text(String value) implements Expression {}

  /**
   * A metric's series.
   *
   * @param range absent for an instant vector
   */
  record Selector(String name, List<Matcher> matchers, Optional<Duration> range)
      implements Expression {}

  /** Evaluates an instant vector again and again over a range. */
  record Subquery(Expression inner, Duration range) implements Expression {}

  record Call(String function, List<Expression> arguments) implements Expression {}

  /**
   * Many series made into few.
   *
   * @param parameter of those that have one, such as {@code topk}
   */
  record Aggregation(
      String operator,
      Optional<Grouping> grouping,
      Optional<Expression> parameter,
      Expression operand)
      implements Expression {}

  record Binary(String operator, Expression left, Expression right, Matching matching)
      implements Expression {}

  record Negation(Expression operand) implements Expression {}

  /**
   * What a label has to be.
   *
   * @param operator one of {@code =}, {@code !=}, {@code =~}, {@code !~}
   */
  record Matcher(String label, String operator, String value) {}

  /**
   * The labels that are left after an aggregation.
   *
   * @param by else all without these
   */
  record Grouping(boolean by, List<String> labels) {}

  /**
   * Which series of two vectors belong together.
   *
   * @param on only these labels decide
   * @param ignoring all but these do
   * @param group one of {@code group_left} and {@code group_right}, where several meet one
   * @param included labels that a group takes over from the other side
   */
  record Matching(
      Optional<List<String>> on,
      List<String> ignoring,
      Optional<String> group,
      List<String> included) {
    static final Matching PLAIN =
        new Matching(Optional.empty(), List.of(), Optional.empty(), List.of());
  }
}
