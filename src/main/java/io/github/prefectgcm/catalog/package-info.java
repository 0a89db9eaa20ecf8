/**
 * Every metric and its rule: a pure function from what happened to what is recorded.
 *
 * <p>Must not know the clock, the network or the environment.
 */
package io.github.prefectgcm.catalog;
