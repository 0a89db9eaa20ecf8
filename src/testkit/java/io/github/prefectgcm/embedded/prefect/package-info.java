/**
 * A Prefect server on a real socket, whose runs live along timelines, so that it can be asked as of
 * any moment.
 *
 * <p>What it does not model it refuses loudly (status 500), never silently.
 */
package io.github.prefectgcm.embedded.prefect;
