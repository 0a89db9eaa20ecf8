package io.github.prefectgcm.alert;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What every policy is tried on: good times, bad times, and points that are not there. */
final class GeneralCases {
  static final Map<String, String> ACME = Map.of("namespace", "acme");
  static final Map<String, String> POOL =
      Map.of("namespace", "acme", "work_pool_name", "kubernetes");

  private GeneralCases() {}

  /** All policies that go by what the job writes, but for that on its silence. */
  static List<Scenario> scenarios(int period) {
    var policies = new Policies(period);
    int lookback = policies.lookback();
    int window = policies.window();
    return List.of(
        new Scenario(
            "data-behind",
            List.of(
                AlertSeries.level(
                    "exporter_data_watermark_age{stream=\"flow_runs\"}",
                    60.0 * period + 120,
                    180.0 * period + 3_600)),
            0,
            lookback,
            Map.of("namespace", "acme", "stream", "flow_runs")),
        new Scenario(
            "points-rejected",
            List.of(AlertSeries.counter("exporter_rejected_count{reason=\"invalid\"}", 0, 1)),
            0,
            window,
            Map.of("namespace", "acme", "reason", "invalid")),
        new Scenario(
            "consecutive-failures",
            List.of(
                AlertSeries.level(
                    "deployment_consecutive_failures{flow_name=\"etl\",deployment_name=\"daily\"}",
                    2,
                    3)),
            0,
            lookback,
            Map.of("namespace", "acme", "flow_name", "etl", "deployment_name", "daily")),
        new Scenario(
            "failure-ratio",
            List.of(
                finished("completed", 2, 1), finished("failed", 0, 1), finished("crashed", 0, 0)),
            4 * period,
            window,
            ACME),
        new Scenario(
            "never-started",
            List.of(
                AlertSeries.counter(
                    "flow_run_never_started_count{work_pool_name=\"kubernetes\"}", 0, 2)),
            2 * period,
            window,
            POOL),
        new Scenario(
            "runs-late",
            List.of(
                AlertSeries.level(
                    "flow_run_late_count{work_pool_name=\"kubernetes\",reason=\"pool_full\"}",
                    1,
                    2),
                AlertSeries.level(
                    "flow_run_late_count{work_pool_name=\"kubernetes\",reason=\"no_worker\"}",
                    0,
                    0),
                AlertSeries.level(
                    "flow_run_oldest_late_age{work_pool_name=\"kubernetes\"}", 600, 601)),
            0,
            lookback,
            Map.of("namespace", "acme", "work_pool_name", "kubernetes", "reason", "pool_full")),
        new Scenario(
            "runs-stuck",
            List.of(
                AlertSeries.level(
                    "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"pending\"}",
                    900,
                    901),
                AlertSeries.level(
                    "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"running\"}",
                    43_200,
                    43_200)),
            0,
            lookback,
            Map.of("namespace", "acme", "work_pool_name", "kubernetes", "state", "pending")),
        new Scenario(
            "no-worker",
            List.of(
                AlertSeries.level(
                    "flow_run_late_count{work_pool_name=\"kubernetes\",reason=\"unexplained\"}",
                    3,
                    4),
                workers("online", 1, 0),
                workers("stale", 0, 1),
                paused(0)),
            lookback,
            lookback,
            POOL),
        new Scenario(
            "prefect-down",
            List.of(AlertSeries.level("server_healthy", 1, 0)),
            lookback,
            lookback,
            ACME));
  }

  /** Good times, bad times, a missed execution in either, the end of the series. */
  static Stream<RuleCase> all() {
    return IntStream.of(5, 15, 60)
        .boxed()
        .flatMap(period -> scenarios(period).stream().flatMap(scenario -> of(scenario, period)));
  }

  private static Stream<RuleCase> of(Scenario scenario, int period) {
    String good = "g".repeat(14);
    String bad = "b".repeat(14);
    return Stream.of(
        new RuleCase(scenario.policy(), "before the first point", period).quiet(0, 180),
        scenario.play("good times", good + good, period),
        scenario.play("good times with a missed execution", good + "-" + good, period),
        scenario.play("bad times that end", good + bad + good + good, period),
        missedExecution(scenario, period),
        scenario.play("the series ends, as of a deleted deployment", good + bad, period));
  }

  static RuleCase missedExecution(Scenario scenario, int period) {
    String good = "g".repeat(14);
    String bad = "b".repeat(14);
    return scenario.play(
        "bad times with a missed execution", good + bad + "-" + bad + good, period);
  }

  static AlertSeries finished(String state, double good, double bad) {
    return AlertSeries.counter(
        "flow_run_finished_count{flow_name=\"etl\",deployment_name=\"daily\","
            + "work_pool_name=\"kubernetes\",state=\""
            + state
            + "\"}",
        good,
        bad);
  }

  static AlertSeries workers(String status, double good, double bad) {
    return AlertSeries.level(
        "work_pool_worker_count{work_pool_name=\"kubernetes\",status=\"" + status + "\"}",
        good,
        bad);
  }

  static AlertSeries paused(double value) {
    return AlertSeries.level(
        "work_pool_paused{work_pool_name=\"kubernetes\",work_pool_type=\"kubernetes\"}",
        value,
        value);
  }
}
