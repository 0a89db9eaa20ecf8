package io.github.prefectgcm.metric;

/** An INT64 value. */
public record Int64Value(long value) implements Value {
  @Override
  public ValueType type() {
    return ValueType.INT64;
  }

  @Override
  public Int64Value plus(Value more) {
    return new Int64Value(Math.addExact(value, ((Int64Value) more).value));
  }

  @Override
  public boolean isZero() {
    return value == 0;
  }
}
