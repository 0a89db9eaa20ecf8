package io.github.prefectgcm.alert;

import io.github.prefectgcm.alert.Scenario.Line;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cases that each policy is tried on. */
final class AlertCases {
  private static final Map<String, String> ACME = Map.of("namespace", "acme");
  private static final Map<String, String> POOL =
      Map.of("namespace", "acme", "work_pool_name", "kubernetes");

  private AlertCases() {}

  /** All policies that go by what the job writes, but for that on its silence. */
  static List<Scenario> scenarios(int period) {
    var policies = new Policies(period);
    int lookback = policies.lookback();
    int window = policies.window();
    return List.of(
        new Scenario(
            "data-behind",
            List.of(
                Line.level(
                    "exporter_data_watermark_age{stream=\"flow_runs\"}",
                    60.0 * period + 120,
                    180.0 * period + 3_600)),
            0,
            lookback,
            Map.of("namespace", "acme", "stream", "flow_runs")),
        new Scenario(
            "points-rejected",
            List.of(Line.counter("exporter_rejected_count{reason=\"invalid\"}", 0, 1)),
            0,
            window,
            Map.of("namespace", "acme", "reason", "invalid")),
        new Scenario(
            "consecutive-failures",
            List.of(
                Line.level(
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
                Line.counter("flow_run_never_started_count{work_pool_name=\"kubernetes\"}", 0, 2)),
            2 * period,
            window,
            POOL),
        new Scenario(
            "runs-late",
            List.of(
                Line.level("flow_run_oldest_late_age{work_pool_name=\"kubernetes\"}", 600, 601)),
            0,
            lookback,
            POOL),
        new Scenario(
            "runs-stuck",
            List.of(
                Line.level(
                    "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"pending\"}",
                    900,
                    901),
                Line.level(
                    "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"running\"}",
                    43_200,
                    43_200)),
            0,
            lookback,
            Map.of("namespace", "acme", "work_pool_name", "kubernetes", "state", "pending")),
        new Scenario(
            "no-worker",
            List.of(
                Line.level("flow_run_late_count{work_pool_name=\"kubernetes\"}", 3, 4),
                workers("online", 1, 0),
                workers("stale", 0, 1),
                paused(0)),
            lookback,
            lookback,
            POOL),
        new Scenario(
            "prefect-down", List.of(Line.level("server_healthy", 1, 0)), lookback, lookback, ACME));
  }

  /** Good times, bad times, a missed execution in either, the end of the series. */
  static Stream<RuleCase> general() {
    return IntStream.of(5, 15, 60)
        .boxed()
        .flatMap(
            period -> scenarios(period).stream().flatMap(scenario -> general(scenario, period)));
  }

  private static Stream<RuleCase> general(Scenario scenario, int period) {
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

  /** What is peculiar to a policy. */
  static Stream<RuleCase> special() {
    return Stream.of(
            IntStream.of(5, 15, 60).boxed().flatMap(AlertCases::silence),
            executions(),
            thresholds(),
            workersAndServer())
        .flatMap(cases -> cases);
  }

  private static Stream<RuleCase> silence(int period) {
    int lookback = new Policies(period).lookback();
    String day = "g".repeat(26 * 60 / period);
    int last = Scenario.minute(day.length() - 1, period);
    return Stream.of(
        new RuleCase("exporter-silent", "before the first point", period).quiet(0, 180),
        new RuleCase("exporter-silent", "one execution is missed", period)
            .series("exporter_up", up().points("ggggg-ggggg", period))
            .quiet(0, Scenario.minute(11, period)),
        new RuleCase("exporter-silent", "the job fails, but speaks", period)
            .series("exporter_up", up().points("ggggbbbbbbbb", period))
            .quiet(0, Scenario.minute(12, period)),
        new RuleCase("exporter-silent", "silence for three periods, for a day at most", period)
            .series("exporter_up", up().points(day, period))
            .quiet(0, last + lookback - 1)
            .fires(last + lookback + 1, last + 23 * 60 - 1, ACME)
            .quiet(last + 23 * 60 + 1, last + 23 * 60 + 60));
  }

  private static Line up() {
    return Line.level("exporter_up", 1, 0);
  }

  /** Executions as Cloud Run counts them, a point a minute. */
  private static Stream<RuleCase> executions() {
    var labels = Map.of("job_name", "prefect-gcm", "location", "europe-west1");
    return Stream.of(
        new RuleCase("exporter-silent", "every execution fails from the first on", 5)
            .foreign(executions("failed"), counted(0, 60))
            .quiet(0, 5)
            .fires(11, 60, labels)
            .quiet(60 + 16, 120),
        new RuleCase("exporter-silent", "every execution fails, after many that did not", 5)
            .foreign(executions("succeeded"), counted(0, 60))
            .foreign(executions("failed"), counted(60, 120))
            .quiet(0, 70)
            .fires(76, 120, labels),
        new RuleCase("exporter-silent", "one execution fails", 5)
            .foreign(executions("succeeded"), counted(0, 30))
            .foreign(executions("failed"), counted(30, 35))
            .quiet(0, 60));
  }

  private static String executions(String result) {
    return "run_googleapis_com:job_completed_execution_count{monitored_resource=\"cloud_run_job\","
        + "project_id=\"my-project\",location=\"europe-west1\",job_name=\"prefect-gcm\",result=\""
        + result
        + "\"}";
  }

  /** One every five minutes, from a minute to another, and none after. */
  private static Map<Integer, Double> counted(int first, int last) {
    var points = new TreeMap<Integer, Double>();
    for (int minute = 0; minute <= 120; minute++) {
      points.put(minute, (double) Math.max(0, (Math.min(minute, last) - first) / 5));
    }
    return points;
  }

  private static Stream<RuleCase> thresholds() {
    String hour = "g".repeat(12);
    return Stream.of(
        play("never-started", "three of an hour do not start", hour + "bbb" + hour, 1, 0),
        play("never-started", "four of an hour do not start", hour + "bbbb" + hour, 1, 18),
        new RuleCase("never-started", "four runs crash", 5)
            .series(
                "flow_run_finished_count{flow_name=\"etl\",deployment_name=\"daily\","
                    + "work_pool_name=\"kubernetes\",state=\"crashed\"}",
                Line.counter("", 0, 2).points(hour + "bb" + hour, 5))
            .quiet(0, 60)
            .fires(70, 80, POOL),
        new RuleCase("failure-ratio", "one of four runs fails, too few to tell", 5)
            .series(finished("completed", 0, 0).metric(), counts(hour + "bbb" + hour))
            .series(finished("failed", 0, 0).metric(), counts(hour + "gggb" + hour))
            .quiet(0, 120),
        new RuleCase("failure-ratio", "one of five runs fails", 5)
            .series(finished("completed", 0, 0).metric(), counts(hour + "bbbb" + hour))
            .series(finished("failed", 0, 0).metric(), counts(hour + "ggggb" + hour))
            .quiet(0, 80)
            .fires(84, 110, ACME),
        new RuleCase("failure-ratio", "one of ten runs fails, and many are cancelled", 5)
            .series(finished("completed", 0, 0).metric(), counts(hour + "b".repeat(9) + hour))
            .series(finished("failed", 0, 0).metric(), counts(hour + "ggggb" + hour + hour))
            .series(finished("cancelled", 0, 0).metric(), counts(hour + "b".repeat(9) + hour))
            .quiet(105, 110));
  }

  private static Map<Integer, Double> counts(String times) {
    return Line.counter("", 0, 1).points(times, 5);
  }

  private static RuleCase play(String policy, String title, String times, int each, int fires) {
    var played =
        new RuleCase(policy, title, 5)
            .series(
                "flow_run_never_started_count{work_pool_name=\"kubernetes\"}",
                Line.counter("", 0, each).points(times, 5));
    return fires == 0 ? played.quiet(0, 180) : played.quiet(0, 75).fires(82, 82 + fires, POOL);
  }

  private static Stream<RuleCase> workersAndServer() {
    String hour = "g".repeat(12);
    Line late = Line.level("flow_run_late_count{work_pool_name=\"kubernetes\"}", 0, 4);
    return Stream.of(
        new RuleCase("no-worker", "workers are exchanged within ten minutes", 5)
            .series(late.metric(), late.points(hour + "bb" + hour, 5))
            .series(
                workers("online", 1, 0).metric(),
                workers("online", 1, 0).points(hour + "bb" + hour, 5))
            .quiet(0, 120),
        new RuleCase("no-worker", "a pool without workers has no runs", 5)
            .series(late.metric(), late.points(hour + hour, 5))
            .series(
                workers("online", 1, 0).metric(), workers("online", 1, 0).points("b".repeat(24), 5))
            .quiet(0, 120),
        new RuleCase("no-worker", "a pool is paused", 5)
            .series(late.metric(), late.points("b".repeat(24), 5))
            .series(
                workers("online", 1, 0).metric(), workers("online", 1, 0).points("b".repeat(24), 5))
            .series(paused(1).metric(), paused(1).points("b".repeat(24), 5))
            .quiet(0, 120),
        new RuleCase("no-worker", "a push pool has no workers to count", 5)
            .series(late.metric(), late.points("b".repeat(24), 5))
            .quiet(0, 120),
        new RuleCase("prefect-down", "Prefect restarts", 5)
            .series("server_healthy", Line.level("", 1, 0).points(hour + "b" + hour, 5))
            .quiet(0, 120),
        new RuleCase("prefect-down", "the very first execution finds no Prefect", 5)
            .series("server_healthy", Line.level("", 1, 0).points("b", 5))
            .quiet(0, 60),
        new RuleCase("runs-stuck", "a run never ends", 5)
            .series(
                "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"running\"}",
                Line.level("", 43_200, 43_201).points(hour + hour.replace('g', 'b'), 5))
            .quiet(0, 60)
            .fires(
                64,
                115,
                Map.of("namespace", "acme", "work_pool_name", "kubernetes", "state", "running")));
  }

  private static Line finished(String state, double good, double bad) {
    return Line.counter(
        "flow_run_finished_count{flow_name=\"etl\",deployment_name=\"daily\","
            + "work_pool_name=\"kubernetes\",state=\""
            + state
            + "\"}",
        good,
        bad);
  }

  private static Line workers(String status, double good, double bad) {
    return Line.level(
        "work_pool_worker_count{work_pool_name=\"kubernetes\",status=\"" + status + "\"}",
        good,
        bad);
  }

  private static Line paused(double value) {
    return Line.level(
        "work_pool_paused{work_pool_name=\"kubernetes\",work_pool_type=\"kubernetes\"}",
        value,
        value);
  }
}
