/**
 * Prefect's routes: a reader for each, paging, keyset scans.
 *
 * <p>Must not know what becomes of the runs: nothing of metrics or Google.
 */
package io.github.prefectgcm.prefect.rest;
