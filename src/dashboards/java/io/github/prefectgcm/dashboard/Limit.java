package io.github.prefectgcm.dashboard;

/**
 * A value from which on something is wrong.
 *
 * @param label what is said at the line that a chart draws for it
 */
record Limit(double value, Severity severity, Side side, String label) {

  /** How wrong. */
  enum Severity {
    WARNING,
    ALARM
  }

  /** On which side of the value it is wrong. */
  enum Side {
    ABOVE,
    BELOW
  }

  static Limit warnFrom(double value, String label) {
    return new Limit(value, Severity.WARNING, Side.ABOVE, label);
  }

  static Limit alarmFrom(double value, String label) {
    return new Limit(value, Severity.ALARM, Side.ABOVE, label);
  }

  static Limit alarmBelow(double value, String label) {
    return new Limit(value, Severity.ALARM, Side.BELOW, label);
  }
}
