/**
 * What happened in Prefect: windows of time, finished runs, deployments, work pools, and the ports
 * that a source of them implements.
 *
 * <p>Knows nothing of HTTP, JSON, Google or metrics.
 */
package io.github.prefectgcm.history;
