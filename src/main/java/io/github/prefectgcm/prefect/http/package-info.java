/**
 * A connection to Prefect's API: TLS, proxies, credentials, CSRF, retry, streamed JSON, and what to
 * tell the operator when a request fails.
 *
 * <p>Knows none of the routes, and nothing of metrics or Google.
 */
package io.github.prefectgcm.prefect.http;
