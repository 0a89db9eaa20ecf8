package io.github.prefectgcm.metric;

/** Value types of points that the metrics in the catalogue use. */
public enum ValueType {
  INT64,
  DOUBLE,
  DISTRIBUTION
}
