package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.INVENTORY;
import static io.github.prefectgcm.catalog.SmallWorkspace.series;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.WorkPool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingTest {
  /** The usual ones and a deployment without a pool. */
  private static final Inventory WITH_SERVED =
      new Inventory(
          Stream.concat(
                  INVENTORY.deployments().stream(),
                  Stream.of(new Deployment("id-3", new Origin("ml", "served", ""))))
              .toList(),
          INVENTORY.flowNames(),
          INVENTORY.workPools());

  @ParameterizedTest
  @CsvSource({
    "etl, nightly, k8s, false",
    "etl, weekly, k8s, true",
    "ml, nightly, k8s, true",
    "gone, nightly, k8s, true",
    // The pool is gone, or the deployment has left it, or has one now.
    "etl, nightly, gone, true",
    "etl, nightly, gpu, true",
    "etl, nightly, '', true",
    "ml, served, '', false",
    "ml, served, k8s, true",
    // Runs without a deployment live as long as their flow and their pool.
    "adhoc, '', '', false",
    "adhoc, '', k8s, false",
    "adhoc, '', gone, true",
    "gone, '', '', true",
    "adhoc, (deleted), k8s, false",
    "adhoc, (deleted), gone, true",
    "gone, (deleted), k8s, true",
    "(deleted), (deleted), k8s, true",
  })
  void aSeriesIsGoneWithAnyThingThatItNamesOrWithTheirPairing(
      String flow, String deployment, String pool, boolean gone) {
    var existing = existing(Optional.of(WITH_SERVED));

    assertEquals(
        gone, existing.isGone(series("flow_run/finished_count", flow, deployment, pool, "failed")));
    assertEquals(gone, existing.isGone(series("flow_run/run_time", flow, deployment, pool)));
  }

  @ParameterizedTest
  @CsvSource({
    "etl, nightly, false",
    "etl, weekly, true",
    "ml, nightly, true",
    "gone, nightly, true",
    "gone, '', true",
  })
  void aSeriesWithoutAPoolIsGoneWithItsDeploymentOrFlow(
      String flow, String deployment, boolean gone) {
    var existing = existing(Optional.of(INVENTORY));

    assertEquals(
        gone, existing.isGone(series("deployment/consecutive_failures", flow, deployment)));
  }

  @ParameterizedTest
  @CsvSource({"k8s, false", "'', false", "gone, true"})
  void aSeriesWithoutAFlowIsGoneWithItsWorkPool(String pool, boolean gone) {
    var existing = existing(Optional.of(INVENTORY));

    assertEquals(gone, existing.isGone(series("flow_run/never_started_count", pool)));
    assertEquals(gone, existing.isGone(series("flow_run/execution_times", "failed", pool)));
  }

  @Test
  void whatNamesNothingIsNeverGone() {
    assertFalse(existing(Optional.of(INVENTORY)).isGone(series("exporter/up")));
  }

  @Test
  void withoutAnInventoryNothingIsKnownToBeGone() {
    assertFalse(
        existing(Optional.empty())
            .isGone(series("flow_run/finished_count", "gone", "gone", "gone", "failed")));
  }

  @Test
  void namesAreComparedAsLabelsHoldThem() {
    var origin = new Origin("e\ntl", "night\tly", "k\0s");
    var existing =
        existing(
            Optional.of(
                new Inventory(
                    List.of(new Deployment("id", origin)),
                    Set.of("e\ntl"),
                    List.of(new WorkPool("k\0s", "process", Optional.empty(), false)))));

    assertFalse(existing.isGone(series("deployment/consecutive_failures", "e tl", "night ly")));
    assertFalse(existing.isGone(series("flow_run/run_time", "e tl", "", "")));
    assertFalse(existing.isGone(series("flow_run/run_time", "e tl", "night ly", "k s")));
    assertFalse(existing.isGone(series("flow_run/never_started_count", "k s")));
  }

  private static Existing existing(Optional<Inventory> inventory) {
    return new Existing(inventory, LabelSelection.STANDARD);
  }
}
