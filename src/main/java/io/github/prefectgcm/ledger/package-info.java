/**
 * Exactly once: which windows are due, what the store is known to hold, the next point of each
 * series, and how all of it is written; with the port of the store.
 *
 * <p>Knows nothing of protobuf or of Prefect's API.
 */
package io.github.prefectgcm.ledger;
