package io.github.prefectgcm.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.monitoring.v3.AlertPolicy;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.prefectgcm.promql.PromqlCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertPolicyTest {
  private static final List<String> NAMES = names();
  private static final Policies POLICIES = new Policies(5);
  private static final Pattern SUBJECTS_LABEL =
      Pattern.compile("\\$\\{metric_or_resource\\.label\\.(\\w+)}");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern RANGE = Pattern.compile("\\[(\\d+)m]");

  private static List<String> names() {
    try {
      return Policies.names();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fieldsThatGoogleDoesNotKnowAreRefused() {
    assertThrows(
        InvalidProtocolBufferException.class,
        () -> JsonFormat.parser().merge("{\"displayname\": \"x\"}", AlertPolicy.newBuilder()));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void saysWhatAnIncidentNeeds(String name) throws IOException {
    AlertPolicy policy = POLICIES.policy(name);

    assertTrue(policy.getDisplayName().matches("prefect-gcm: [\\w ]+"), policy::getDisplayName);
    assertTrue(policy.getSeverityValue() > 0, "no severity");
    assertEquals(AlertPolicy.ConditionCombinerType.OR, policy.getCombiner());
    assertEquals(name, policy.getUserLabelsMap().get("alert"));
    assertEquals("text/markdown", policy.getDocumentation().getMimeType());
    String subject = policy.getDocumentation().getSubject();
    assertTrue(!subject.isBlank() && subject.length() <= 255, subject);
    assertFalse(policy.getConditionsList().isEmpty());
    assertEquals(
        policy.getConditionsCount(),
        policy.getConditionsList().stream()
            .map(AlertPolicy.Condition::getDisplayName)
            .filter(each -> !each.isBlank())
            .distinct()
            .count());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void closesAndNotifiesAsItsKindMust(String name) throws IOException {
    AlertPolicy.AlertStrategy strategy = POLICIES.policy(name).getAlertStrategy();

    assertEquals(1_800, strategy.getAutoClose().getSeconds());
    if (POLICIES.queries(name).isEmpty()) {
      assertTrue(POLICIES.policy(name).getConditions(0).hasConditionMatchedLog());
      assertEquals(1, POLICIES.policy(name).getConditionsCount(), "a log stands alone");
      assertTrue(strategy.getNotificationRateLimit().getPeriod().getSeconds() >= 300);
      assertEquals(0, strategy.getNotificationPromptsCount(), "a log has no end to tell");
    } else {
      assertFalse(strategy.hasNotificationRateLimit(), "only for logs");
      assertEquals(2, strategy.getNotificationPromptsCount());
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void queriesAskForWhatTheJobWrites(String name) throws IOException {
    for (String query : POLICIES.queries(name)) {
      assertEquals(List.of(), PromqlCheck.problems(query), query);
      for (var selector : SELECTOR.matcher(query).results().toList()) {
        assertTrue(
            selector.group(1).matches(".*,project_id=\"my-project\",job(_name)?=\"prefect-gcm\".*"),
            () -> "another installation's series too: " + query);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void incidentsNameWhatTheyAreAbout(String name) throws IOException {
    String subject = POLICIES.policy(name).getDocumentation().getSubject();
    Set<String> named = new TreeSet<>();
    SUBJECTS_LABEL.matcher(subject).results().forEach(found -> named.add(found.group(1)));
    for (String query : POLICIES.queries(name)) {
      Set<String> labels = PromqlCheck.labels(query);
      assertTrue(labels.containsAll(named), () -> subject + " of " + labels);
      assertTrue(Stream.of("namespace", "job", "job_name").anyMatch(labels::contains), query);
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void conditionsCanBeMadeBeforeTheMetricExists(String name) throws IOException {
    for (AlertPolicy.Condition condition : POLICIES.policy(name).getConditionsList()) {
      if (condition.hasConditionPrometheusQueryLanguage()) {
        var promql = condition.getConditionPrometheusQueryLanguage();
        assertTrue(promql.getDisableMetricValidation());
        assertEquals(60, promql.getEvaluationInterval().getSeconds());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 60})
  void rangesHoldThreePointsWhateverThePeriod(int period) throws IOException {
    var policies = new Policies(period);
    for (String name : NAMES) {
      for (AlertPolicy.Condition condition : policies.policy(name).getConditionsList()) {
        var promql = condition.getConditionPrometheusQueryLanguage();
        long waitedOut = promql.getDuration().getSeconds() / 60;
        RANGE
            .matcher(promql.getQuery())
            .results()
            .forEach(range ->
                assertTrue(
                    Integer.parseInt(range.group(1)) + waitedOut >= Math.max(15, 3 * period),
                    promql.getQuery()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 60})
  void theEndOfAPauseIsNoSilence(int period) throws IOException {
    var condition = new Policies(period).policy("exporter-silent").getConditions(0);

    assertTrue(
        condition.getConditionPrometheusQueryLanguage().getDuration().getSeconds()
            > 60L * (period + 1),
        "the alert opens before the first execution after the pause");
  }

  @Test
  void exitCodeTwoIsLookedForInTheLogOfTheJob() throws IOException {
    String filter =
        POLICIES.policy("exporter-broken").getConditions(0).getConditionMatchedLog().getFilter();

    assertEquals(
        "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"prefect-gcm\""
            + " AND resource.labels.location=\"europe-west1\""
            + " AND (jsonPayload.exit_code=2 OR textPayload:\"Container called exit(2)\")",
        filter);
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void runbooksCanBeFollowedAtNight(String name) throws IOException {
    String runbook = POLICIES.runbook(name);
    List<String> lines = runbook.lines().toList();

    assertEquals(
        List.of(
            "## What it means",
            "## Look here first",
            "## Likely causes, and what to do",
            "## When to silence it"),
        lines.stream().filter(line -> line.startsWith("#")).toList());
    assertTrue(lines.size() <= 45, "too long to read at night");
    assertTrue(runbook.length() <= 8_192, "Cloud Monitoring takes no longer one");
    assertTrue(runbook.contains("```sh") || runbook.contains("```promql"), "no command");
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void runbooksQueriesAskForWhatTheJobWrites(String name) throws IOException {
    String runbook = POLICIES.runbook(name);
    var queries =
        Pattern.compile("(?ms)^ {3}```promql\\n(.*?)^ {3}```$").matcher(runbook).results().toList();
    assertEquals(runbook.split("```promql", -1).length - 1, queries.size());
    for (var query : queries) {
      assertEquals(List.of(), PromqlCheck.problems(query.group(1)), query.group(1));
    }
  }

  /** Settings, and the thresholds that a person may want to change. */
  @ParameterizedTest
  @MethodSource("runbooks")
  void runbooksNameSettingsThatExist(String name) throws IOException {
    String known =
        Files.readString(Path.of("docs", "settings.md"))
            + Files.readString(Path.of("docs", "metrics.md"))
            + Files.readString(Path.of("terraform", "variables-alerts.tf"));
    Pattern names =
        Pattern.compile("\\b([A-Z]+_[A-Z_]+|DEADLINE|PERIOD|[a-z_]+_(?:seconds|runs))\\b");
    for (var found : names.matcher(POLICIES.runbook(name)).results().toList()) {
      boolean placeholder = found.group().equals("FLOW_RUN_ID");
      assertTrue(placeholder || known.contains(found.group()), found::group);
    }
  }

  static Stream<String> runbooks() throws IOException {
    try (Stream<Path> files = Files.list(Policies.DIRECTORY)) {
      List<String> runbooks =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".md"))
              .map(file -> file.replace(".md", ""))
              .sorted()
              .toList();
      var expected = new TreeSet<>(NAMES);
      expected.add("slo-burn");
      assertEquals(List.copyOf(expected), runbooks);
      return runbooks.stream();
    }
  }

  @Test
  void alertsThatCanBeSwitchedOffAreThoseThatExist() throws IOException {
    String variables = Files.readString(Path.of("terraform", "variables-alerts.tf"));
    List<String> expected = Stream.concat(Stream.of("all"), NAMES.stream()).toList();

    assertEquals(expected, words(variables, "setsubtract(var.alerts_off, [", "])"));
    assertEquals(expected, words(variables, "alerts_off must name policies: ", ".\""));
  }

  private static List<String> words(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return Pattern.compile("[a-z-]+")
        .matcher(text.substring(from, text.indexOf(end, from)).replace(" or ", ", "))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** A field that Terraform does not pass on would be lost without a word. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void everyFieldIsPassedOnByTerraform(String name) throws IOException {
    String terraform = Files.readString(Path.of("terraform", "alerts.tf"));
    var lost = new ArrayList<String>();
    for (String key : keys(JsonParser.parseString(POLICIES.json(name)))) {
      String attribute = key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      if (!terraform.contains(attribute) || !terraform.contains("." + key)) {
        lost.add(key);
      }
    }
    assertEquals(List.of(), lost);
  }

  private static Set<String> keys(JsonElement element) {
    var keys = new HashSet<String>();
    switch (element) {
      case JsonObject object ->
          object
              .entrySet()
              .forEach(entry -> {
                keys.add(entry.getKey());
                if (!entry.getKey().equals("userLabels")) {
                  keys.addAll(keys(entry.getValue()));
                }
              });
      case JsonArray array -> array.forEach(each -> keys.addAll(keys(each)));
      default -> {}
    }
    return keys;
  }
}
