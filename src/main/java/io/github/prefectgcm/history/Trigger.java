package io.github.prefectgcm.history;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who had a run started. */
public enum Trigger {
  SCHEDULE,
  AUTOMATION,
  /** A person, or a program that acts for one. */
  MANUAL,
  OTHER;

  /** All as label values have them. */
  public static final List<String> LABELS = Stream.of(values()).map(Trigger::label).toList();

  /** The name in lower case, as label values have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
