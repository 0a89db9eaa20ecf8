package io.github.prefectgcm.dashboard;

/** One query divided by another, series by series. */
record Ratio(Standard numerator, Standard denominator, Unit unit) implements PanelQuery {
  Ratio {
    if (!numerator.by().equals(denominator.by())
        || !numerator.period().equals(denominator.period())) {
      throw new IllegalArgumentException(numerator + " cannot be divided by " + denominator);
    }
  }

  /** A part of the same counter. */
  static Ratio share(Standard part, Standard whole) {
    return new Ratio(part, whole, Unit.SHARE);
  }

  /** An amount for each of something. */
  static Ratio mean(Standard total, Standard count) {
    return new Ratio(total, count, total.unit());
  }
}
