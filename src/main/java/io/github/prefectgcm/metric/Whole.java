package io.github.prefectgcm.metric;

/** An INT64 value. */
public record Whole(long value) implements Value {
  @Override
  public ValueType type() {
    return ValueType.INT64;
  }

  @Override
  public Whole plus(Value more) {
    return new Whole(Math.addExact(value, ((Whole) more).value));
  }

  @Override
  public boolean isZero() {
    return value == 0;
  }
}
