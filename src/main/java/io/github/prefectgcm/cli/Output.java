package io.github.prefectgcm.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a dry run shows points, as {@code --output} names them. */
public enum Output {
  /** For people: the last point of each series, folded. */
  TABLE,
  /** For programs: every point, a JSON object a line. */
  JSON,
  /** For programs and spreadsheets: every point, a record of RFC 4180 each. */
  CSV;

  static Optional<Output> of(String name) {
    return Arrays.stream(values()).filter(output -> output.argument().equals(name)).findFirst();
  }

  String argument() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Then standard output holds points and nothing else. */
  boolean isForPrograms() {
    return this != TABLE;
  }
}
