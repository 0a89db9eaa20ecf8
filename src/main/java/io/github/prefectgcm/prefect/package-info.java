/**
 * Reads Prefect's REST API: authentication, CSRF, paging, retry, streaming decode.
 *
 * <p>Must not know what becomes of the runs: nothing of metrics or Google.
 */
package io.github.prefectgcm.prefect;
