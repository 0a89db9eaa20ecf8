package io.github.prefectgcm.metric;

/** The value of a point. */
public sealed interface Value permits Whole, Real, Spread {

  ValueType type();

  /** Both together, of the same kind: what a counter holds after adding {@code more}. */
  Value plus(Value more);

  /** Nothing counted yet. */
  boolean isZero();
}
