/**
 * Writes to and reads from Google Cloud Monitoring: batches, order, retry, partial failure.
 *
 * <p>Must not know where the values come from: nothing of Prefect.
 */
package io.github.prefectgcm.cloudmonitoring;
