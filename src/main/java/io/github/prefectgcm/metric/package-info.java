/**
 * What is recorded: metrics, labels, values, points and series. The model only.
 *
 * <p>Knows nothing of protobuf, of Prefect or of how points are written.
 */
package io.github.prefectgcm.metric;
