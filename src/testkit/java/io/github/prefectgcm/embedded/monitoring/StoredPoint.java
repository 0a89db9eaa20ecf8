package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Distribution;
import com.google.monitoring.v3.TypedValue;
import java.time.Instant;

/**
 * A point that the embedded server holds.
 *
 * @param start equal to {@code end} in a gauge
 * @param appliedAt when it was stored, by the server's clock
 */
public record StoredPoint(Instant start, Instant end, Instant appliedAt, TypedValue value) {

  /** An INT64 value. */
  public long whole() {
    return value.getInt64Value();
  }

  /** An INT64 or DOUBLE value. */
  public double real() {
    return value.hasInt64Value() ? value.getInt64Value() : value.getDoubleValue();
  }

  /** A DISTRIBUTION value. */
  public Distribution distribution() {
    return value.getDistributionValue();
  }
}
