package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.Main;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.workspace.Company;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics, labels and the owner's tag may be others in every execution: all runs count once. */
class ChangedSelectionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final int EXECUTIONS = 24;
  private static final List<String> LABELS =
      List.of(
          "flow_name,deployment_name,work_pool_name,owner",
          "flow_name",
          "",
          "owner,work_pool_name",
          "deployment_name",
          "flow_name,deployment_name");
  private static final List<String> METRICS =
      List.of("default", "all", "default,!flow_run/run_time", "flow_run/finished_count");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRunCountsOnceWhateverIsChosen(long seed) {
    var random = new Random(seed);
    var company = new Company(random);
    company.work(NOON, NOON.plus(PERIOD.multipliedBy(EXECUTIONS)), PERIOD, 5);
    var now = new AtomicReference<Instant>(NOON.plusSeconds(90));
    try (var prefect = EmbeddedPrefect.of(company.workspace(), now::get).start();
        var cloud = new EmbeddedCloudMonitoring(now::get)) {
      for (int i = 0; i < EXECUTIONS; i++) {
        now.set(NOON.plusSeconds(90).plus(PERIOD.multipliedBy(i)));
        execute(prefect, cloud, now, random);
      }

      assertEquals(List.of(), cloud.violations());
      assertEquals(happened(company, cloud), gained(cloud));
    }
  }

  private static void execute(
      EmbeddedPrefect prefect,
      EmbeddedCloudMonitoring cloud,
      AtomicReference<Instant> now,
      Random random) {
    var environment = new HashMap<String, String>();
    environment.put("PREFECT_API_URL", prefect.apiUrl().toString());
    environment.put("MONITORING_EMULATOR_HOST", cloud.address());
    environment.put("GOOGLE_CLOUD_PROJECT", "acme");
    environment.put("RUN_LOG", "off");
    environment.put("LABELS", LABELS.get(random.nextInt(LABELS.size())));
    environment.put("METRICS", METRICS.get(random.nextInt(METRICS.size())));
    environment.put("DISTRIBUTION_LABELS", random.nextBoolean() ? "work_pool_name" : "flow_name");
    if (random.nextBoolean()) {
      environment.put("OWNER_TAG", "team:");
    }
    var said = new ByteArrayOutputStream();
    int code = Main.run(environment, now::get, said, said);
    assertEquals(0, code, () -> said.toString(StandardCharsets.UTF_8));
  }

  /** Runs that ended, by state, in each window that was handled. */
  private static Map<String, Double> happened(Company company, EmbeddedCloudMonitoring cloud) {
    Instant to =
        cloud.series("exporter/window_count").entrySet().stream()
            .filter(mark -> mark.getKey().label("stream").equals("flow_runs"))
            .map(mark -> mark.getValue().getLast().end())
            .findFirst()
            .orElseThrow();
    var happened = new TreeMap<String, Double>();
    for (Company.Fact fact : company.facts()) {
      Instant end = NOON;
      while (end.isBefore(fact.end())) {
        end = end.plus(PERIOD);
      }
      if (fact.end().isAfter(NOON) && !end.isAfter(to)) {
        happened.merge(end + " " + fact.state(), 1.0, Double::sum);
      }
    }
    return happened;
  }

  /** What all series of a state together gained in each window. */
  private static Map<String, Double> gained(EmbeddedCloudMonitoring cloud) {
    var gained = new TreeMap<String, Double>();
    cloud
        .series("flow_run/finished_count")
        .forEach((series, points) -> {
          for (int i = 0; i < points.size(); i++) {
            StoredPoint point = points.get(i);
            boolean continues = i > 0 && points.get(i - 1).start().equals(point.start());
            double before = continues ? points.get(i - 1).real() : 0;
            if (point.end().isAfter(NOON) && point.real() > before) {
              gained.merge(
                  point.end() + " " + series.label("state"), point.real() - before, Double::sum);
            }
          }
        });
    return gained;
  }
}
