package io.github.prefectgcm.promql;

import io.github.prefectgcm.promql.Expression.Aggregation;
import io.github.prefectgcm.promql.Expression.Binary;
import io.github.prefectgcm.promql.Expression.Call;
import io.github.prefectgcm.promql.Expression.Grouping;
import io.github.prefectgcm.promql.Expression.Matching;
import io.github.prefectgcm.promql.Expression.Negation;
import io.github.prefectgcm.promql.Expression.Scalar;
import io.github.prefectgcm.promql.Expression.Selector;
import io.github.prefectgcm.promql.Expression.Subquery;
import io.github.prefectgcm.promql.Expression.Text;
import io.github.prefectgcm.promql.Token.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the PromQL that Cloud Monitoring and Prometheus both take, by recursive descent. What no
 * query of ours has use for ({@code offset}, {@code @}, metric names in quotes) is refused.
 */
final class Parser {
  /** From the weakest binding to the strongest; all but {@code ^} bind to the left. */
  private static final List<Set<String>> BINDING =
      List.of(
          Set.of("or"),
          Set.of("and", "unless"),
          Set.of("==", "!=", "<=", "<", ">=", ">"),
          Set.of("+", "-"),
          Set.of("*", "/", "%", "atan2"),
          Set.of("^"));

  private static final int POWER = BINDING.size() - 1;

  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "group", "stddev", "stdvar", "count");

  private static final Set<String> WITH_PARAMETER =
      Set.of("count_values", "bottomk", "topk", "quantile");

  private static final Set<String> MATCHES = Set.of("=", "!=", "=~", "!~");

  private final String query;
  private final List<Token> tokens;
  private int next;

  private Parser(String query) {
    this.query = query;
    this.tokens = Token.of(query);
  }

  static Expression parse(String query) {
    var parser = new Parser(query);
    Expression expression = parser.binary(0);
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected();
    }
    return expression;
  }

  private Expression binary(int level) {
    if (level == BINDING.size()) {
      return unary();
    }
    Expression left = binary(level + 1);
    while (peek().kind() != Kind.TEXT && BINDING.get(level).contains(peek().text())) {
      String operator = take().text();
      Matching matching = matching();
      // A power binds to the right.
      Expression right = binary(level == POWER ? level : level + 1);
      left = new Binary(operator, left, right, matching);
    }
    return left;
  }

  private Matching matching() {
    takeIf("bool");
    Matching matching = Matching.PLAIN;
    if (takeIf("on")) {
      matching = new Matching(Optional.of(names()), List.of(), Optional.empty(), List.of());
    } else if (takeIf("ignoring")) {
      matching = new Matching(Optional.empty(), names(), Optional.empty(), List.of());
    }
    if (peek().is("group_left") || peek().is("group_right")) {
      Optional<String> group = Optional.of(take().text());
      List<String> included = peek().is("(") ? names() : List.of();
      matching = new Matching(matching.on(), matching.ignoring(), group, included);
    }
    return matching;
  }

  /** A sign binds weaker than a power: {@code -2^2} is -4. */
  private Expression unary() {
    if (takeIf("-")) {
      return new Negation(binary(POWER));
    }
    return ranged(primary());
  }

  private Expression ranged(Expression operand) {
    Expression expression = operand;
    while (takeIf("[")) {
      Duration range = duration();
      if (takeIf(":")) {
        if (peek().kind() == Kind.DURATION) {
          take();
        }
        expression = new Subquery(expression, range);
      } else if (expression instanceof Selector(var name, var matchers, var none)
          && none.isEmpty()) {
        expression = new Selector(name, matchers, Optional.of(range));
      } else {
        throw new SyntaxException("only a selector has a range", query, peek().position());
      }
      expect("]");
    }
    return expression;
  }

  private Expression primary() {
    if (takeIf("(")) {
      Expression inner = binary(0);
      expect(")");
      return inner;
    }
    return switch (peek().kind()) {
      case NUMBER -> new Scalar(Double.parseDouble(take().text()));
      case TEXT -> new Text(take().unquoted());
      case NAME -> named(take().text());
      case DURATION, SIGN, END -> throw unexpected();
    };
  }

  private Expression named(String name) {
    if (AGGREGATIONS.contains(name) || WITH_PARAMETER.contains(name)) {
      return aggregation(name);
    }
    if (peek().is("(")) {
      return new Call(name, arguments());
    }
    return new Selector(name, peek().is("{") ? matchers() : List.of(), Optional.empty());
  }

  private Expression aggregation(String operator) {
    Optional<Grouping> grouping = grouping();
    List<Expression> arguments = arguments();
    if (grouping.isEmpty()) {
      grouping = grouping();
    }
    int expected = WITH_PARAMETER.contains(operator) ? 2 : 1;
    if (arguments.size() != expected) {
      throw new SyntaxException(
          operator + " takes " + expected + " argument(s), before", query, peek().position());
    }
    return new Aggregation(
        operator,
        grouping,
        expected == 2 ? Optional.of(arguments.getFirst()) : Optional.empty(),
        arguments.getLast());
  }

  private Optional<Grouping> grouping() {
    if (peek().is("by") || peek().is("without")) {
      boolean by = take().is("by");
      return Optional.of(new Grouping(by, names()));
    }
    return Optional.empty();
  }

  private List<Expression> arguments() {
    return list("(", ")", () -> binary(0));
  }

  private List<String> names() {
    return list("(", ")", this::name);
  }

  private List<Expression.Matcher> matchers() {
    return list("{", "}", this::matcher);
  }

  private Expression.Matcher matcher() {
    String label = name();
    Token operator = take();
    if (!MATCHES.contains(operator.text()) || peek().kind() != Kind.TEXT) {
      next--;
      throw unexpected();
    }
    return new Expression.Matcher(label, operator.text(), take().unquoted());
  }

  private <T> List<T> list(String open, String close, Supplier<T> item) {
    var items = new ArrayList<T>();
    expect(open);
    while (!takeIf(close)) {
      items.add(item.get());
      if (!peek().is(close)) {
        expect(",");
      }
    }
    return items;
  }

  private Duration duration() {
    if (peek().kind() != Kind.DURATION) {
      throw unexpected();
    }
    return take().duration();
  }

  private String name() {
    if (peek().kind() != Kind.NAME) {
      throw unexpected();
    }
    return take().text();
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = peek();
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  private boolean takeIf(String sign) {
    boolean there = peek().is(sign);
    if (there) {
      next++;
    }
    return there;
  }

  private void expect(String sign) {
    if (!takeIf(sign)) {
      throw new SyntaxException("expected " + sign, query, peek().position());
    }
  }

  private SyntaxException unexpected() {
    return new SyntaxException("unexpected", query, peek().position());
  }
}
