package io.github.prefectgcm.alert;

import static io.github.prefectgcm.alert.GeneralCases.ACME;
import static io.github.prefectgcm.alert.GeneralCases.POOL;
import static io.github.prefectgcm.alert.GeneralCases.finished;
import static io.github.prefectgcm.alert.GeneralCases.paused;
import static io.github.prefectgcm.alert.GeneralCases.workers;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is peculiar to a policy: the edges of its thresholds, and what must not wake anybody. */
final class SpecialCases {
  private static final String HOUR = "g".repeat(12);
  private static final String BAD_HOUR = "b".repeat(12);
  private static final Map<String, String> JOB = Map.of("job", "prefect-gcm");
  private static final AlertSeries UP = AlertSeries.level("exporter_up", 1, 0);
  private static final AlertSeries HEALTHY = AlertSeries.level("server_healthy", 1, 0);
  private static final AlertSeries LATE =
      AlertSeries.level(
          "flow_run_late_count{work_pool_name=\"kubernetes\",reason=\"unexplained\"}", 0, 4);
  private static final AlertSeries ONLINE = workers("online", 1, 0);
  private static final AlertSeries COMPLETED = finished("completed", 0, 1);
  private static final AlertSeries FAILED = finished("failed", 0, 1);

  private SpecialCases() {}

  static Stream<RuleCase> all() {
    return Stream.of(
            IntStream.of(5, 15, 60).boxed().flatMap(SpecialCases::silence),
            executions(),
            runsThatFail(),
            runsThatDoNotStart(),
            workersAndServer())
        .flatMap(cases -> cases);
  }

  private static Stream<RuleCase> silence(int period) {
    int lookback = new Policies(period).lookback();
    String day = "g".repeat(26 * 60 / period);
    int last = AlertSeries.minute(day.length() - 1, period);
    return Stream.of(
        new RuleCase("exporter-silent", "before the first point", period).quiet(0, 180),
        new RuleCase("exporter-silent", "one execution is missed", period)
            .series(UP, "ggggg-ggggg")
            .quiet(0, AlertSeries.minute(11, period)),
        new RuleCase("exporter-silent", "the job fails, but speaks", period)
            .series(UP, "ggggbbbbbbbb")
            .quiet(0, AlertSeries.minute(12, period)),
        new RuleCase("exporter-silent", "prefect_api_url moves to another host", period)
            .series(UP, day)
            .series(of("beta"), UP.points("-".repeat(day.length()) + "gggggggg", period))
            .quiet(0, last + 8 * period),
        new RuleCase("exporter-silent", "a job of the same name in another project speaks", period)
            .series(UP, "gggg-------")
            .series(elsewhere(), UP.points("ggggggggggg", period))
            .fires(AlertSeries.minute(8, period), AlertSeries.minute(10, period), JOB),
        new RuleCase("exporter-silent", "silence for three periods, for a day at most", period)
            .series(UP, day)
            .quiet(0, last + lookback - 1)
            .fires(last + lookback + 3, last + 23 * 60 - 1, JOB)
            .quiet(last + 23 * 60 + 1, last + 23 * 60 + 60),
        new RuleCase("exporter-silent", "it speaks again", period)
            .series(UP, "gggg-------gggg")
            .fires(AlertSeries.minute(8, period), AlertSeries.minute(11, period) - 1, JOB)
            .quiet(AlertSeries.minute(11, period), AlertSeries.minute(15, period)));
  }

  /** The same job, of another Prefect. */
  private static String of(String namespace) {
    return selector("my-project", namespace);
  }

  private static String elsewhere() {
    return selector("other-project", "acme");
  }

  private static String selector(String project, String namespace) {
    return "custom_googleapis_com:prefect_exporter_up{monitored_resource=\"generic_task\","
        + "project_id=\"%s\",location=\"europe-west1\",namespace=\"%s\","
            .formatted(project, namespace)
        + "job=\"prefect-gcm\",task_id=\"0\"}";
  }

  /** Executions as Cloud Run counts them, a point a minute. */
  private static Stream<RuleCase> executions() {
    var labels = Map.of("job_name", "prefect-gcm", "location", "europe-west1");
    return Stream.of(
        new RuleCase("exporter-silent", "every execution fails from the first on", 5)
            .series(executions("failed"), counted(0, 60))
            .quiet(0, 12)
            .fires(18, 60, labels)
            .quiet(60 + 16, 120),
        new RuleCase("exporter-silent", "executions end well, of an image that does nothing", 5)
            .series(executions("succeeded"), counted(0, 60))
            .quiet(0, 12)
            .fires(18, 60, labels)
            .quiet(60 + 16, 120),
        new RuleCase("exporter-silent", "the image comes a quarter of an hour after the job", 5)
            .series(executions("succeeded"), counted(0, 120))
            .series(UP, "---" + HOUR + HOUR)
            .quiet(0, 120),
        new RuleCase("exporter-silent", "Prefect is down: executions fail, and say so", 5)
            .series(UP, HOUR + BAD_HOUR)
            .series(executions("succeeded"), counted(0, 60))
            .series(executions("failed"), counted(60, 120))
            .quiet(0, 120),
        new RuleCase("exporter-silent", "one execution fails", 5)
            .series(UP, HOUR + HOUR)
            .series(executions("succeeded"), counted(0, 30))
            .series(executions("failed"), counted(30, 35))
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

  private static Stream<RuleCase> runsThatFail() {
    return Stream.of(
        new RuleCase("failure-ratio", "one of four runs fails, too few to tell", 5)
            .series(COMPLETED, HOUR + "bbb" + HOUR)
            .series(FAILED, HOUR + "gggb" + HOUR)
            .quiet(0, 120),
        new RuleCase("failure-ratio", "one of five runs fails", 5)
            .series(COMPLETED, HOUR + "bbbb" + HOUR)
            .series(FAILED, HOUR + "ggggb" + HOUR)
            .quiet(0, 80)
            .fires(84, 110, ACME),
        new RuleCase("failure-ratio", "cancelled runs do not make failures fewer", 5)
            .series(COMPLETED, HOUR + "bbbb" + HOUR)
            .series(FAILED, HOUR + "ggggb" + HOUR)
            .series(finished("cancelled", 0, 5), HOUR + "bbbbb" + HOUR)
            .quiet(0, 80)
            .fires(84, 110, ACME),
        new RuleCase("failure-ratio", "cancelled runs are no failures", 5)
            .series(COMPLETED, HOUR + BAD_HOUR)
            .series(FAILED, HOUR + HOUR)
            .series(finished("cancelled", 0, 5), HOUR + BAD_HOUR)
            .quiet(0, 120));
  }

  private static Stream<RuleCase> runsThatDoNotStart() {
    AlertSeries never =
        AlertSeries.counter("flow_run_never_started_count{work_pool_name=\"kubernetes\"}", 0, 1);
    AlertSeries running =
        AlertSeries.level(
            "flow_run_oldest_age{work_pool_name=\"kubernetes\",state=\"running\"}", 43_200, 43_201);
    return Stream.of(
        new RuleCase("never-started", "three of an hour do not start", 5)
            .series(never, HOUR + "bbb" + HOUR)
            .quiet(0, 180),
        new RuleCase("never-started", "four of an hour do not start", 5)
            .series(never, HOUR + "bbbb" + HOUR)
            .quiet(0, 75)
            .fires(82, 100, POOL),
        new RuleCase("never-started", "four runs crash", 5)
            .series(finished("crashed", 0, 2), HOUR + "bb" + HOUR)
            .quiet(0, 60)
            .fires(70, 80, POOL),
        new RuleCase("never-started", "four runs crash that never started", 5)
            .series(never, HOUR + "bbbb" + HOUR)
            .series(finished("crashed", 0, 1), HOUR + "bbbb" + HOUR)
            .quiet(0, 75)
            .fires(82, 100, POOL),
        new RuleCase("runs-stuck", "a run never ends", 5)
            .series(running, HOUR + BAD_HOUR)
            .quiet(0, 60)
            .fires(
                64,
                115,
                Map.of("namespace", "acme", "work_pool_name", "kubernetes", "state", "running")));
  }

  private static Stream<RuleCase> workersAndServer() {
    return Stream.of(
        new RuleCase("no-worker", "workers are exchanged within ten minutes", 5)
            .series(LATE, HOUR + "bb" + HOUR)
            .series(ONLINE, HOUR + "bb" + HOUR)
            .quiet(0, 120),
        new RuleCase("no-worker", "a pool without workers has no runs", 5)
            .series(LATE, HOUR + HOUR)
            .series(ONLINE, BAD_HOUR + BAD_HOUR)
            .quiet(0, 120),
        new RuleCase("no-worker", "a pool is paused", 5)
            .series(LATE, BAD_HOUR + BAD_HOUR)
            .series(ONLINE, BAD_HOUR + BAD_HOUR)
            .series(paused(1), BAD_HOUR + BAD_HOUR)
            .quiet(0, 120),
        new RuleCase("no-worker", "a push pool has no workers to count", 5)
            .series(LATE, BAD_HOUR + BAD_HOUR)
            .quiet(0, 120),
        new RuleCase("prefect-down", "Prefect restarts", 5)
            .series(HEALTHY, HOUR + "b" + HOUR)
            .quiet(0, 120),
        new RuleCase("prefect-down", "the very first execution finds no Prefect", 5)
            .series(HEALTHY, "b")
            .quiet(0, 60));
  }
}
