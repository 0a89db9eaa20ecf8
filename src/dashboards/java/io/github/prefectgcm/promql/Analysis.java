package io.github.prefectgcm.promql;

import static io.github.prefectgcm.promql.Sets.minus;
import static io.github.prefectgcm.promql.Sets.plus;

import io.github.prefectgcm.promql.Expression.Aggregation;
import io.github.prefectgcm.promql.Expression.Binary;
import io.github.prefectgcm.promql.Expression.Call;
import io.github.prefectgcm.promql.Expression.Grouping;
import io.github.prefectgcm.promql.Expression.Negation;
import io.github.prefectgcm.promql.Expression.Scalar;
import io.github.prefectgcm.promql.Expression.Selector;
import io.github.prefectgcm.promql.Expression.Subquery;
import io.github.prefectgcm.promql.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Goes through an expression, finds what it yields, and notes what is wrong on the way. */
final class Analysis {
  /**
   * What an expression yields.
   *
   * @param labels that its series can have
   */
  record Result(ExpressionType type, Set<String> labels) {}

  private final List<String> problems = new ArrayList<>();

  List<String> problems() {
    return List.copyOf(problems);
  }

  void say(String problem) {
    problems.add(problem);
  }

  Result of(Expression expression) {
    return switch (expression) {
      case Scalar _ -> new Result(ExpressionType.SCALAR, Set.of());
      case Text _ -> new Result(ExpressionType.TEXT, Set.of());
      case Negation(Expression operand) -> of(operand);
      case Selector selector -> selector(selector, "");
      case Subquery(Expression inner, var range) -> {
        Result result = of(inner);
        if (result.type() != ExpressionType.INSTANT) {
          say("only an instant vector can be evaluated over " + range);
        }
        yield new Result(ExpressionType.RANGE, result.labels());
      }
      case Call call -> call(call);
      case Aggregation aggregation -> aggregation(aggregation);
      case Binary binary -> new Joining(this, of(binary.left()), of(binary.right())).of(binary);
    };
  }

  private Result selector(Selector selector, String function) {
    var rules = new SelectorRules(selector, function);
    rules.problems().forEach(this::say);
    return new Result(
        selector.range().isPresent() ? ExpressionType.RANGE : ExpressionType.INSTANT,
        rules.metricLabels());
  }

  private Result call(Call call) {
    List<Result> arguments =
        call.arguments().stream()
            .map(argument ->
                argument instanceof Selector selector
                    ? selector(selector, call.function())
                    : of(argument))
            .toList();
    String types =
        arguments.stream()
            .map(argument -> String.valueOf(argument.type().letter()))
            .collect(Collectors.joining());
    ExpressionType result =
        Function.named(call.function())
            .map(function -> {
              if (!types.matches(function.arguments())) {
                say(call.function() + " does not take arguments of the types " + types);
              }
              return function.result();
            })
            .orElseGet(() -> {
              say("there is no function " + call.function());
              return ExpressionType.INSTANT;
            });
    Set<String> labels =
        arguments.stream()
            .filter(argument ->
                argument.type() == ExpressionType.INSTANT
                    || argument.type() == ExpressionType.RANGE)
            .map(Result::labels)
            .findFirst()
            .orElse(Set.of());
    return new Result(result, labelsAfter(call, labels));
  }

  private Set<String> labelsAfter(Call call, Set<String> labels) {
    return switch (call.function()) {
      case "histogram_quantile" -> {
        if (!labels.contains("le")) {
          say("histogram_quantile needs the label le, and a _bucket to take it from");
        }
        yield minus(labels, Set.of("le"));
      }
      case "label_replace", "label_join" ->
          call.arguments().size() > 1 && call.arguments().get(1) instanceof Text(String name)
              ? plus(labels, Set.of(name))
              : labels;
      case "absent", "absent_over_time" ->
          call.arguments().getFirst() instanceof Selector selector
              ? selector.matchers().stream()
                  .filter(matcher -> matcher.operator().equals("="))
                  .map(Expression.Matcher::label)
                  .filter(labels::contains)
                  .collect(Collectors.toSet())
              : Set.of();
      case "scalar" -> Set.of();
      default -> labels;
    };
  }

  private Result aggregation(Aggregation aggregation) {
    Result operand = of(aggregation.operand());
    if (operand.type() != ExpressionType.INSTANT) {
      say(aggregation.operator() + " takes an instant vector");
    }
    aggregation.parameter().ifPresent(this::of);
    boolean selects = Set.of("topk", "bottomk").contains(aggregation.operator());
    if (aggregation.grouping().isEmpty()) {
      return new Result(ExpressionType.INSTANT, selects ? operand.labels() : Set.of());
    }
    Grouping grouping = aggregation.grouping().get();
    for (String label : grouping.labels()) {
      if (!operand.labels().contains(label)) {
        say((grouping.by() ? "by (" : "without (") + label + "): there is no such label");
      }
    }
    if (selects) {
      return operand;
    }
    var named = new TreeSet<>(grouping.labels());
    return new Result(
        ExpressionType.INSTANT, grouping.by() ? named : minus(operand.labels(), named));
  }
}
