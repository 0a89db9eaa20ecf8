/**
 * The two servers of the tests and the demo, on real sockets: a Prefect whose runs live along
 * timelines, so that it can be asked as of any moment, and a Cloud Monitoring that refuses what the
 * real one would refuse.
 *
 * <p>What the Prefect server does not model it refuses loudly (status 500), never silently.
 */
package io.github.prefectgcm.embedded;
