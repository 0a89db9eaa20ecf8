package io.github.prefectgcm.alert;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Prometheus is to make of some series: when a policy fires, and when it does not. */
final class RuleCase {
  private final String policy;
  private final String title;
  private final Policies policies;
  private final JsonArray series = new JsonArray();
  private final JsonArray expectations = new JsonArray();

  RuleCase(String policy, String title, int period) {
    this.policy = policy;
    this.title = title;
    this.policies = new Policies(period);
  }

  String policy() {
    return policy;
  }

  Policies policies() {
    return policies;
  }

  /** The points of a series of the job, see {@link AlertSeries#points}. */
  RuleCase series(AlertSeries line, String times) {
    String labels =
        "monitored_resource=\"generic_task\",project_id=\"my-project\",location=\"europe-west1\","
            + "namespace=\"acme\",job=\"prefect-gcm\",task_id=\"0\"}";
    String metric = "custom_googleapis_com:prefect_" + line.metric();
    String selector =
        metric.endsWith("}")
            ? metric.substring(0, metric.length() - 1) + "," + labels
            : metric + "{" + labels;
    return series(selector, line.points(times, policies.period()));
  }

  /** The values of any series by the minute at which they are. */
  RuleCase series(String selector, Map<Integer, Double> byMinute) {
    int last = byMinute.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    var values = new ArrayList<String>();
    for (int minute = 0; minute <= last; minute++) {
      values.add(byMinute.containsKey(minute) ? byMinute.get(minute).toString() : "_");
    }
    var input = new JsonObject();
    input.addProperty("series", selector);
    input.addProperty("values", String.join(" ", values));
    series.add(input);
    return this;
  }

  /** In each minute from the first to the last, there is no incident. */
  RuleCase quiet(int first, int last) {
    return expect(first, last, List.of());
  }

  /** In each minute from the first to the last, there is one incident with these labels. */
  RuleCase fires(int first, int last, Map<String, String> labels) {
    return expect(first, last, List.of(labels));
  }

  private RuleCase expect(int first, int last, List<Map<String, String>> incidents) {
    if (first > last) {
      throw new IllegalArgumentException(
          this + ": nothing is expected of " + first + " to " + last);
    }
    var alerts = new JsonArray();
    for (Map<String, String> labels : incidents) {
      var named = new JsonObject();
      new TreeMap<>(labels).forEach(named::addProperty);
      var alert = new JsonObject();
      alert.add("exp_labels", named);
      alerts.add(alert);
    }
    for (int minute = first; minute <= last; minute++) {
      var expectation = new JsonObject();
      expectation.addProperty("eval_time", minute + "m");
      expectation.addProperty("alertname", policy);
      expectation.add("exp_alerts", alerts);
      expectations.add(expectation);
    }
    return this;
  }

  /** As {@code promtool test rules} reads it; JSON is YAML too. */
  JsonObject test(String ruleFile) {
    var test = new JsonObject();
    test.addProperty("interval", "1m");
    test.add("input_series", series);
    test.add("alert_rule_test", expectations);
    var tests = new JsonArray();
    tests.add(test);
    var rules = new JsonArray();
    rules.add(ruleFile);
    var file = new JsonObject();
    file.add("rule_files", rules);
    file.addProperty("evaluation_interval", "1m");
    file.add("tests", tests);
    return file;
  }

  @Override
  public String toString() {
    return policy + ", every " + policies.period() + " min: " + title;
  }
}
