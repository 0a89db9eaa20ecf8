package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Workspace.INVENTORY;
import static io.github.prefectgcm.catalog.Workspace.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.WorkPool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingTest {

  @ParameterizedTest
  @CsvSource({
    "etl, nightly, false",
    "etl, weekly, true",
    "ml, nightly, true",
    "gone, nightly, true",
    // Runs without a deployment live as long as their flow.
    "adhoc, '', false",
    "gone, '', true",
    "adhoc, (deleted), false",
    "gone, (deleted), true",
    "(deleted), (deleted), true",
  })
  void aSeriesIsGoneWithItsDeploymentOrFlow(String flow, String deployment, boolean gone) {
    var existing = new Existing(Optional.of(INVENTORY));

    assertEquals(
        gone,
        existing.isGone(series("flow_run/finished_count", flow, deployment, "k8s", "failed")));
    assertEquals(
        gone, existing.isGone(series("deployment/consecutive_failures", flow, deployment)));
  }

  @ParameterizedTest
  @CsvSource({"k8s, false", "'', false", "gone, true"})
  void aSeriesWithoutAFlowIsGoneWithItsWorkPool(String pool, boolean gone) {
    var existing = new Existing(Optional.of(INVENTORY));

    assertEquals(gone, existing.isGone(series("flow_run/never_started_count", pool)));
  }

  @Test
  void aDeploymentThatMovedToAnotherPoolKeepsItsOldSeries() {
    assertFalse(
        new Existing(Optional.of(INVENTORY))
            .isGone(series("flow_run/finished_count", "etl", "nightly", "gone", "failed")));
  }

  @Test
  void withoutAnInventoryNothingIsKnownToBeGone() {
    assertFalse(
        new Existing(Optional.empty())
            .isGone(series("flow_run/finished_count", "gone", "gone", "gone", "failed")));
  }

  @Test
  void namesAreComparedAsLabelsHoldThem() {
    var origin = new Origin("e\ntl", "night\tly", "k\0s");
    var existing =
        new Existing(
            Optional.of(
                new Inventory(
                    List.of(new Deployment("id", origin)),
                    Set.of("e\ntl"),
                    List.of(new WorkPool("k\0s", "process", Optional.empty(), false)))));

    assertFalse(existing.isGone(series("deployment/consecutive_failures", "e tl", "night ly")));
    assertFalse(existing.isGone(series("flow_run/run_time", "e tl", "", "")));
    assertFalse(existing.isGone(series("flow_run/never_started_count", "k s")));
  }
}
