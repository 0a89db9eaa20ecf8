/**
 * A Cloud Monitoring on a real socket, which refuses what the real one would refuse, and the
 * metadata server that gives the tokens for it.
 */
package io.github.prefectgcm.embedded.monitoring;
