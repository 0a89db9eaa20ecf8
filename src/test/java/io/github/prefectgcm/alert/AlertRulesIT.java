package io.github.prefectgcm.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.monitoring.v3.AlertPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the real Prometheus evaluate the policies' queries minute by minute, over points as the job
 * writes them. Needs {@code promtool}; {@code PROMTOOL_REQUIRED=true} makes its absence a failure.
 *
 * <p>This proves what the queries mean in PromQL. Cloud Monitoring evaluates PromQL by an engine of
 * its own, which differs in how {@code increase} treats the edges of its window: it knows the time
 * in which a count grew, Prometheus extrapolates. So thresholds on growth lie half-way between two
 * numbers of runs, where both agree. Notifications and the closing of incidents are Cloud
 * Monitoring's alone.
 */
class AlertRulesIT {
  @TempDir private Path directory;

  @BeforeAll
  static void promtoolIsThere() {
    if ("true".equals(System.getenv("PROMTOOL_REQUIRED"))) {
      assertTrue(promtool().isPresent(), "PROMTOOL_REQUIRED, but no promtool is on the path");
    }
    assumeTrue(promtool().isPresent(), "no promtool on the path");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void incidentsAreThoseThatShouldBe(RuleCase each) throws Exception {
    Said said = play(each, query -> query);

    assertEquals(0, said.code(), () -> each + "\n" + said.text());
  }

  static Stream<RuleCase> cases() {
    return Stream.concat(GeneralCases.all(), SpecialCases.all());
  }

  /** A test that cannot fail proves nothing. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void policiesThatLookBackOneExecutionOnlyAreNoticed(Scenario scenario) throws Exception {
    RuleCase missed = GeneralCases.missedExecution(scenario, 5);

    Said said = play(missed, query -> query.replaceAll("\\[\\d+m]", "[6m]"));

    assertEquals(1, said.code(), said::text);
    assertTrue(said.text().contains("FAILED"), said::text);
  }

  static Stream<Scenario> scenarios() {
    return GeneralCases.scenarios(5).stream();
  }

  @Test
  void everyQueryIsPromql() throws Exception {
    Path rules = directory.resolve("rules.json");
    Files.writeString(rules, rules(new Policies(5), Policies.names(), query -> query).toString());

    // Its lint dislikes that a policy has one name for all its conditions.
    Said said = promtool("check", "rules", "--lint=none", rules.toString());

    assertEquals(0, said.code(), said::text);
  }

  @Test
  void everyPolicyWithAQueryIsTried() throws IOException {
    var asked = new ArrayList<String>();
    for (String name : Policies.names()) {
      if (!new Policies(5).queries(name).isEmpty()) {
        asked.add(name);
      }
    }
    assertEquals(asked, cases().map(RuleCase::policy).distinct().sorted().toList());
  }

  /** Prometheus' alerting rules, one for each condition. */
  private static JsonObject rules(
      Policies policies, List<String> names, UnaryOperator<String> changed) throws IOException {
    var rules = new JsonArray();
    for (String name : names) {
      for (AlertPolicy.Condition condition : policies.policy(name).getConditionsList()) {
        if (condition.hasConditionPrometheusQueryLanguage()) {
          var promql = condition.getConditionPrometheusQueryLanguage();
          var rule = new JsonObject();
          rule.addProperty("alert", name);
          rule.addProperty("expr", changed.apply(promql.getQuery()));
          rule.addProperty("for", promql.getDuration().getSeconds() + "s");
          rules.add(rule);
        }
      }
    }
    var group = new JsonObject();
    group.addProperty("name", "alerts");
    group.add("rules", rules);
    var groups = new JsonArray();
    groups.add(group);
    var file = new JsonObject();
    file.add("groups", groups);
    return file;
  }

  private static Optional<Path> promtool() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(path -> Path.of(path, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Said play(RuleCase played, UnaryOperator<String> changed) throws Exception {
    Path rules = directory.resolve("rules.json");
    Path test = directory.resolve("test.json");
    Files.writeString(
        rules, rules(played.policies(), List.of(played.policy()), changed).toString());
    Files.writeString(test, played.test(rules.toString()).toString());
    return promtool("test", "rules", test.toString());
  }

  /** How promtool ended, and the beginning of what it said. */
  private record Said(int code, String text) {}

  private static Said promtool(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(promtool().orElseThrow().toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text.substring(0, Math.min(text.length(), 3_000)));
  }
}
