package io.github.prefectgcm.embedded.monitoring;

/** One series of a request breaks a rule; the others are not touched by it. */
final class RefusedSeries extends Exception {
  private static final long serialVersionUID = 1;

  RefusedSeries(String text) {
    super(text, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /** As most refusals that concern one field read. */
  static RefusedSeries field(String field, String value, String why) {
    return new RefusedSeries(
        "Field %s had an invalid value of \"%s\": %s".formatted(field, value, why));
  }

  static RefusedSeries field(String field, String why) {
    return new RefusedSeries("Field %s had an invalid value: %s".formatted(field, why));
  }
}
