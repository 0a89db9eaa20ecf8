/**
 * What is recorded: metrics, labels, values, points, series, the ledger of what a store is known to
 * hold, and the port that a store implements.
 *
 * <p>Knows nothing of protobuf or Prefect.
 */
package io.github.prefectgcm.metric;
