package io.github.prefectgcm.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.prefectgcm.promql.Expression.Aggregation;
import io.github.prefectgcm.promql.Expression.Grouping;
import io.github.prefectgcm.promql.Expression.Matcher;
import io.github.prefectgcm.promql.Expression.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          a or b and c unless d == e + f * g ^ h => a or ((b and c) unless (d == (e + (f * (g ^ h)))))
          a - b - c => (a - b) - c
          a ^ b ^ c => a ^ (b ^ c)
          -a ^ b => -(a ^ b)
          a * -b => a * (-b)
          a > (b + 0.5) or c => (a > (b + 0.5)) or c
          """)
  void operatorsBindAsInPrometheus(String query, String meaning) {
    assertEquals(Parser.parse(meaning), Parser.parse(query));
  }

  @Test
  void selectorsHaveMatchersAndARange() {
    assertEquals(
        new Selector(
            "x:y_z",
            List.of(new Matcher("a", "=", "1\"2"), new Matcher("b", "!~", "c|d")),
            Optional.of(Duration.ofMinutes(90))),
        Parser.parse("x:y_z { a = \"1\\\"2\", b !~ 'c|d', } [1h30m] # ninety minutes"));
  }

  @Test
  void groupingStandsBeforeOrBehind() {
    Expression before = Parser.parse("sum by (a, b) (x)");

    assertEquals(before, Parser.parse("sum(x) by (a, b)"));
    assertEquals(
        Optional.of(new Grouping(true, List.of("a", "b"))),
        assertInstanceOf(Aggregation.class, before).grouping());
  }
}
