package io.github.prefectgcm.metric;

/**
 * A DOUBLE value. Sums are rounded to the millionth: seconds come from Prefect in whole
 * microseconds, so a running total stays exact, whatever the order of its parts.
 */
public record DoubleValue(double value) implements Value {
  private static final double MILLION = 1e6;

  @Override
  public ValueType type() {
    return ValueType.DOUBLE;
  }

  @Override
  public DoubleValue plus(Value more) {
    return new DoubleValue(Math.rint((value + ((DoubleValue) more).value) * MILLION) / MILLION);
  }

  @Override
  public boolean isZero() {
    return value == 0;
  }
}
