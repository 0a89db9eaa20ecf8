package io.github.prefectgcm.metric;

/**
 * Exponential histogram buckets, inclusive below and exclusive above: underflow below {@code
 * scale}, then {@code finite} buckets with the upper bounds {@code scale * growth^i}, then
 * overflow.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TypedValue#exponential">Exponential</a>
 */
public record Buckets(double scale, double growth, int finite) {

  /** Number of buckets, underflow and overflow included. */
  public int size() {
    return finite + 2;
  }

  /** Index of the bucket that holds a value. */
  public int indexOf(double value) {
    double bound = scale;
    for (int i = 0; i <= finite; i++) {
      if (value < bound) {
        return i;
      }
      bound *= growth;
    }
    return finite + 1;
  }

  // Not the generated ones, as with Series.

  @Override
  public boolean equals(Object other) {
    return other instanceof Buckets that
        && Double.compare(scale, that.scale) == 0
        && Double.compare(growth, that.growth) == 0
        && finite == that.finite;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Double.hashCode(scale) + Double.hashCode(growth)) + finite;
  }
}
