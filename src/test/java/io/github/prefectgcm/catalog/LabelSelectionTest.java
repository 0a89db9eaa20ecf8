package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.INVENTORY;
import static io.github.prefectgcm.catalog.SmallWorkspace.NIGHTLY;
import static io.github.prefectgcm.catalog.SmallWorkspace.TRAIN;
import static io.github.prefectgcm.catalog.SmallWorkspace.WINDOW;
import static io.github.prefectgcm.catalog.SmallWorkspace.run;
import static io.github.prefectgcm.catalog.SmallWorkspace.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectionTest {
  private static final String FINISHED = "flow_run/finished_count";
  private static final List<FinishedRun> RUNS =
      List.of(
          run(NIGHTLY, FinalState.FAILED, 4, 40),
          run(NIGHTLY, FinalState.COMPLETED, 3, 30),
          run(TRAIN, FinalState.COMPLETED, 2, 20),
          run(TRAIN, FinalState.COMPLETED, 1, 10));

  /** Whatever is filled in: the sums are the same, and every label that is not is empty. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void seriesThatDifferByALabelThatIsLeftEmptyAddUp(int bits) {
    Set<String> filled = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      if ((bits & 1 << i) != 0) {
        filled.add(LabelSelection.KEYS.get(i));
      }
    }

    Map<Series, Value> changes = changes(filled, new Ledger(Map.of()));

    var byState = new HashMap<String, Long>();
    changes.forEach((series, value) -> {
      if (series.metric().name().equals(FINISHED)) {
        byState.merge(series.label("state").orElseThrow(), ((Int64Value) value).value(), Long::sum);
      }
      LabelSelection.KEYS.stream()
          .filter(key -> !filled.contains(key))
          .forEach(key -> assertEquals("", series.label(key).orElse(""), series::toString));
    });
    assertEquals(Map.of("completed", 3L, "failed", 1L, "crashed", 0L, "cancelled", 0L), byState);
  }

  @Test
  void withoutLabelsThereIsOneSeriesAState() {
    assertEquals(
        4,
        changes(Set.of(), new Ledger(Map.of())).keySet().stream()
            .filter(series -> series.metric().name().equals(FINISHED))
            .count());
  }

  /** What was told apart before is neither continued nor counted twice. */
  @Test
  void aSeriesThatTellsMoreApartThanIsChosenEnds() {
    Series before = series(FINISHED, "etl", "nightly", "k8s", "failed");
    var ledger =
        new Ledger(
            Map.of(
                before,
                new Point(WINDOW.start().minusSeconds(9), WINDOW.start(), new Int64Value(3))));

    Map<Series, Value> changes = changes(Set.of("flow_name"), ledger);

    assertFalse(changes.containsKey(before));
    assertEquals(new Int64Value(1), changes.get(series(FINISHED, "etl", "", "", "failed")));
  }

  @Test
  void aGaugeOfEachDeploymentIsWrittenOnlyWhereTheyAreToldApart() {
    assertTrue(catalog(Set.of("flow_name")).foldedGaugeMetrics().isEmpty());
    assertEquals(2, catalog(Set.of("flow_name", "deployment_name")).foldedGaugeMetrics().size());
  }

  private static Catalog catalog(Set<String> filled) {
    return new Catalog(
        new MetricSelection(List.of(FINISHED, "deployment/consecutive_failures", "*_success")),
        new LabelSelection(filled, Set.of()));
  }

  private static Map<Series, Value> changes(Set<String> filled, Ledger ledger) {
    Catalog catalog = catalog(filled);
    var totals = new WindowTotals<>(ledger, catalog.finishedRuns());
    RUNS.forEach(totals);
    var changes = new HashMap<Series, Value>();
    for (Increment change :
        new Fold<>(catalog.finishedRuns(), catalog.labels(), ledger, Optional.of(INVENTORY), 99)
            .changes(WINDOW, totals)) {
      changes.put(change.series(), change.since());
    }
    return changes;
  }
}
