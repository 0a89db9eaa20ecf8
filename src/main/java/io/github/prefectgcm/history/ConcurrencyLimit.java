package io.github.prefectgcm.history;

import java.util.Locale;

/**
 * A concurrency limit that holds something back.
 *
 * @param name for a tag the tag; for a deployment its id, which is never a label
 */
public record ConcurrencyLimit(Kind kind, String name, Slots slots) {

  /** What is limited. */
  public enum Kind {
    /** Whatever asks for a slot by the limit's name. */
    GLOBAL,
    /** Task runs with a tag. */
    TAG,
    /** Flow runs of a deployment. */
    DEPLOYMENT;

    /** The name in lower case, as label values have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
