package io.github.prefectgcm.metric;

/** The value of a point. */
public sealed interface Value permits Int64Value, DoubleValue, DistributionValue {

  ValueType type();

  /** Both together, of the same kind: what a counter holds after adding {@code more}. */
  Value plus(Value more);

  /** Nothing counted yet. */
  boolean isZero();
}
