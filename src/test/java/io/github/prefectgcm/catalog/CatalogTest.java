package io.github.prefectgcm.catalog;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CatalogTest {
  static final List<Metric> METRICS = Catalog.ALL.entries().stream().map(Entry::metric).toList();

  /** Dashboards and alerts of users hang on these; a change of a line breaks them. */
  @Test
  void descriptorsAreTheOnesThatUsersKnow() throws IOException {
    String actual = METRICS.stream().map(CatalogTest::line).collect(joining("\n", "", "\n"));

    assertEquals(Files.readString(Path.of("src/test/resources/catalog.txt")), actual);
  }

  private static String line(Metric metric) {
    String labels =
        metric.labels().isEmpty()
            ? "-"
            : metric.labels().stream().map(Label::key).collect(joining(","));
    return String.join(
        " ", metric.name(), metric.kind().name(), metric.valueType().name(), metric.unit(), labels);
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void namesArePathsInLowerCase(Metric metric) {
    assertTrue(metric.name().matches("[a-z_]+(/[a-z_]+)*"), metric.name());
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void displayNamesAreInSentenceCaseWithoutAFullStop(Metric metric) {
    String text = metric.displayName();

    assertTrue(Character.isUpperCase(text.charAt(0)), text);
    assertFalse(text.endsWith("."), text);
    String others = text.substring(1).replace("Prefect", "");
    assertEquals(others.toLowerCase(Locale.ROOT), others, text);
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void descriptionsAreSentences(Metric metric) {
    assertSentences(metric.description());
    // A number may come first.
    assertFalse(Character.isLowerCase(metric.description().charAt(0)), metric.description());
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void labelsAreDescribed(Metric metric) {
    for (Label label : metric.labels()) {
      assertTrue(label.key().matches("[a-z_]+"), label.key());
      assertSentences(label.description());
    }
    assertEquals(
        metric.labels().size(), metric.labels().stream().map(Label::key).distinct().count());
  }

  /**
   * Whoever adds a label decides here what bounds it. A text that a run brings along never is a
   * label: each new one would be a series, billed for good.
   */
  @Test
  void noLabelIsFreeText() {
    Set<String> namesOfWhatExists =
        Set.of(
            "flow_name",
            "deployment_name",
            "work_pool_name",
            "work_queue_name",
            "limit_name",
            "worker_name",
            "owner");
    Set<String> listed =
        Set.of(
            "state",
            "status",
            "collector",
            "stream",
            "reason",
            "trigger",
            "limit_type",
            "response_class");
    // One at a time, until an administrator changes it: a pool keeps its type for life.
    Set<String> traits = Set.of("work_pool_type", "version", "prefect_version");

    for (Metric metric : METRICS) {
      for (Label label : metric.labels()) {
        assertEquals(
            1,
            Stream.of(namesOfWhatExists, listed, traits)
                .filter(bound -> bound.contains(label.key()))
                .count(),
            metric.name() + " " + label.key());
      }
    }
  }

  private static void assertSentences(String text) {
    assertTrue(text.endsWith(".") && !text.endsWith(".."), text);
    assertEquals(text.strip(), text);
    assertFalse(text.contains("  ") || text.contains("\n"), text);
  }

  @ParameterizedTest
  @FieldSource("METRICS")
  void unitsAreOnesOrSeconds(Metric metric) {
    assertTrue(Set.of("1", "s", "By").contains(metric.unit()), metric.unit());
  }

  @Test
  void kindsAndTypesFitTheRules() {
    for (Entry entry : Catalog.ALL.entries()) {
      Metric metric = entry.metric();
      Kind kind =
          switch (entry) {
            case Counter<?> counter -> Kind.CUMULATIVE;
            case ExporterCounter counter -> Kind.CUMULATIVE;
            case FoldedGauge gauge -> Kind.GAUGE;
            case Level level -> Kind.GAUGE;
          };
      assertEquals(kind, metric.kind(), metric.name());
      if (metric.name().endsWith("_count")) {
        assertEquals(ValueType.INT64, metric.valueType(), metric.name());
        String unit = metric.name().endsWith("_bytes_count") ? "By" : "1";
        assertEquals(unit, metric.unit(), metric.name());
      }
      if (metric.valueType() != ValueType.INT64) {
        assertEquals("s", metric.unit(), metric.name());
      }
    }
  }

  @Test
  void namesAreUnique() {
    assertEquals(METRICS.size(), new HashSet<>(METRICS.stream().map(Metric::name).toList()).size());
  }

  @Test
  void gaugesOfDeploymentsAreFoldedAndStreamsHaveNames() {
    assertEquals(
        List.of("deployment/consecutive_failures", "deployment/time_since_last_success"),
        Catalog.ALL.foldedGaugeMetrics().stream().map(Metric::name).toList());
    assertEquals(
        RunStream.NAMES,
        List.of(Catalog.ALL.finishedRuns().name(), Catalog.ALL.startedRuns().name()));
  }

  @Test
  void theJobHasAWatermarkAndOtherCounters() {
    assertEquals("exporter/window_count", Catalog.watermark(RunStream.FLOW_RUNS).metric().name());
    assertEquals(List.of("flow_runs"), Catalog.watermark(RunStream.FLOW_RUNS).labels());
    assertEquals(
        List.of(
            Catalog.requests("2xx"),
            Catalog.requests("3xx"),
            Catalog.requests("4xx"),
            Catalog.requests("5xx"),
            Catalog.requests("error"),
            Catalog.writtenBytes(),
            Catalog.skippedSeconds(),
            Catalog.unreadable(),
            Catalog.rejected(Refusal.Reason.DESCRIPTOR),
            Catalog.rejected(Refusal.Reason.INVALID)),
        Catalog.ALL.ownCounters());
    assertEquals(
        SmallWorkspace.series("exporter/rejected_count", "descriptor"),
        Catalog.rejected(Refusal.Reason.DESCRIPTOR));
    assertEquals(
        new Series(SmallWorkspace.metric("exporter/skipped_seconds"), List.of()),
        Catalog.skippedSeconds());
  }

  @Test
  void theJobSaysThatItIsUpInALevelWithoutLabels() {
    assertEquals("exporter/up", Catalog.up().metric().name());
    assertEquals(List.of(), Catalog.up().labels());
  }

  @Test
  void levelsAreMeasuredInTheOrderOfTheCatalogue() {
    assertEquals(
        List.of("server/healthy", "exporter/up", "exporter/build_info"),
        Catalog.ALL.levels(SmallWorkspace.blind()).stream()
            .map(sample -> sample.series().metric().name())
            .toList());
  }

  @Test
  void aCounterCountsWhatItsMetricSays() {
    Metric gauge = SmallWorkspace.metric("exporter/up");
    Metric whole = SmallWorkspace.metric("flow_run/finished_count");

    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Counter<FinishedRun>(
                gauge, List.of(), run -> true, run -> new Int64Value(1), new Int64Value(0)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Counter<FinishedRun>(
                whole, List.of(), run -> true, run -> new DoubleValue(1), new DoubleValue(0)));
  }

  @Test
  void aMetricIsOfOneKindOnly() {
    assertEquals(
        METRICS.size(),
        Stream.of(
                FlowRunMetrics.COUNTERS,
                StartedRunMetrics.COUNTERS,
                DeploymentMetrics.FOLDED_GAUGES,
                Catalog.ALL.levels(),
                ExporterMetrics.OWN_COUNTERS)
            .mapToInt(List::size)
            .sum());
  }
}
