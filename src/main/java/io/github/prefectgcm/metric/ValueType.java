package io.github.prefectgcm.metric;

/** Value types in use. */
public enum ValueType {
  INT64,
  DOUBLE,
  DISTRIBUTION
}
