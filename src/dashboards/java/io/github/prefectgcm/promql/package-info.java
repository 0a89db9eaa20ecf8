/**
 * Says what is wrong with a PromQL query over the metrics of the catalogue: names, labels and
 * values that do not exist, functions that do not fit the metric's kind, ranges that are too short
 * for a job that runs every few minutes.
 */
package io.github.prefectgcm.promql;
