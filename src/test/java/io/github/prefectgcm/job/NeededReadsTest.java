package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no written metric needs is not read, and what one needs is. */
class NeededReadsTest {
  private static final Map<String, Map<StoredSeries, Double>> ALL = new TreeMap<>();

  /** What differs from one execution to the next, or says what was read and counted. */
  private static final Set<String> OF_ITSELF =
      Set.of(
          "server/request_latency",
          "exporter/prefect_request_count",
          "exporter/written_bytes_count",
          "exporter/collector_success",
          "exporter/window_count",
          "exporter/data_watermark_age");

  static Stream<String> metrics() {
    return Catalog.ALL.entries().stream()
        .map(Entry::metric)
        .map(metric -> metric.name())
        .filter(name -> !OF_ITSELF.contains(name));
  }

  @BeforeAll
  static void writeAll() {
    try (var site = new Site()) {
      written(site, "all")
          .forEach((series, value) ->
              ALL.computeIfAbsent(name(series), name -> new TreeMap<>(ORDER)).put(series, value));
    }
  }

  @AfterAll
  static void forget() {
    ALL.clear();
  }

  private static final Comparator<StoredSeries> ORDER =
      Comparator.comparing(StoredSeries::toString);

  @ParameterizedTest
  @MethodSource("metrics")
  void aMetricAloneIsWhatItIsAmongAll(String metric) {
    try (var site = new Site()) {
      Map<StoredSeries, Double> alone = new TreeMap<>(ORDER);
      written(site, metric)
          .forEach((series, value) -> {
            if (name(series).equals(metric)) {
              alone.put(series, value);
            }
          });

      assertEquals(ALL.getOrDefault(metric, Map.of()), alone);
    }
  }

  @Test
  void theWatermarkAloneIsReadFromNothing() {
    try (var site = new Site()) {
      written(site, "exporter/up");

      Set<String> routes =
          site.prefect.requests().stream().map(each -> each.route()).collect(Collectors.toSet());
      assertTrue(
          Set.of(
                  "/work_queues/filter",
                  "/v2/concurrency_limits/filter",
                  "/flow_runs/history",
                  "/flow_runs/filter",
                  "/flow_runs/count")
              .stream()
              .noneMatch(routes::contains),
          routes::toString);
    }
  }

  private static Map<StoredSeries, Double> written(Site site, String metrics) {
    site.environment.put("METRICS", metrics);
    site.executeWell();
    var values = new HashMap<StoredSeries, Double>();
    site.cloud
        .series()
        .forEach((series, points) ->
            values.put(
                series,
                points.getLast().value().hasDistributionValue()
                    ? points.getLast().distribution().getCount()
                    : points.getLast().real()));
    return values;
  }

  private static String name(StoredSeries series) {
    return series.metricType().replace("custom.googleapis.com/prefect/", "");
  }
}
