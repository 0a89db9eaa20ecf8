package io.github.prefectgcm.promql;

import static io.github.prefectgcm.promql.Sets.minus;
import static io.github.prefectgcm.promql.Sets.plus;

import io.github.prefectgcm.promql.Analysis.Result;
import io.github.prefectgcm.promql.Expression.Binary;
import io.github.prefectgcm.promql.Expression.Matching;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Two operands that meet: which of their series belong together, and what labels are left. */
record Joining(Analysis analysis, Result left, Result right) {
  private static final Set<String> OF_SETS = Set.of("and", "or", "unless");

  Result of(Binary binary) {
    boolean ofSets = OF_SETS.contains(binary.operator());
    if (!isNumeric(left) || !isNumeric(right)) {
      analysis.say(binary.operator() + " takes instant vectors and numbers");
      return left;
    }
    if (left.type() == ExpressionType.SCALAR || right.type() == ExpressionType.SCALAR) {
      if (ofSets) {
        analysis.say(binary.operator() + " takes two vectors");
      }
      return left.type() == ExpressionType.SCALAR ? right : left;
    }
    check(binary, ofSets);
    return new Result(ExpressionType.INSTANT, labels(binary, ofSets));
  }

  private static boolean isNumeric(Result result) {
    return result.type() == ExpressionType.SCALAR || result.type() == ExpressionType.INSTANT;
  }

  private void check(Binary binary, boolean ofSets) {
    Matching matching = binary.matching();
    Set<String> named = new TreeSet<>(matching.on().orElse(matching.ignoring()));
    for (String label : named) {
      boolean missing =
          matching.on().isPresent()
              ? !left.labels().contains(label) || !right.labels().contains(label)
              : !left.labels().contains(label) && !right.labels().contains(label);
      if (missing) {
        analysis.say(binary.operator() + " matches by " + label + ", which a side does not have");
      }
    }
    Set<String> leftRest = minus(left.labels(), named);
    Set<String> rightRest = minus(right.labels(), named);
    if (matching.on().isEmpty()) {
      boolean grouped = matching.group().isPresent();
      if (!binary.operator().equals("or") && !grouped && !leftRest.equals(rightRest)) {
        analysis.say(
            binary.operator()
                + " meets nothing: one side has the labels "
                + new TreeSet<>(left.labels())
                + ", the other "
                + new TreeSet<>(right.labels()));
      }
    } else if (!ofSets) {
      checkOne(binary, minus(leftRest, matching.included()), "group_left");
      checkOne(binary, minus(rightRest, matching.included()), "group_right");
    }
  }

  /** A side that has more labels than decide can have several series for one of the other's. */
  private void checkOne(Binary binary, Set<String> rest, String group) {
    if (!rest.isEmpty() && !binary.matching().group().equals(Optional.of(group))) {
      analysis.say(
          binary.operator()
              + " can meet several series, they differ by "
              + rest
              + ": say "
              + group);
    }
  }

  private Set<String> labels(Binary binary, boolean ofSets) {
    if (ofSets) {
      return binary.operator().equals("or") ? plus(left.labels(), right.labels()) : left.labels();
    }
    Matching matching = binary.matching();
    if (matching.group().isPresent()) {
      boolean many = matching.group().get().equals("group_left");
      return plus(many ? left.labels() : right.labels(), matching.included());
    }
    return matching
        .on()
        .<Set<String>>map(TreeSet::new)
        .orElseGet(() -> minus(left.labels(), matching.ignoring()));
  }
}
