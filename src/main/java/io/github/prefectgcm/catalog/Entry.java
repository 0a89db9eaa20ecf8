package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.Metric;

/**
 * A metric and its rule. Which kind it is decides what the machinery does for it: start times and
 * running totals, zeros, recomputing, order.
 */
public sealed interface Entry permits Counter, FoldedGauge, Level, ExporterCounter {
  Metric metric();

  /** Whether it is written unless somebody decides otherwise. */
  default boolean standard() {
    return true;
  }
}
