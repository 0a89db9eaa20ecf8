/**
 * Environment in; valid records, or all problems at once, out.
 *
 * <p>Opens no connection.
 */
package io.github.prefectgcm.config;
