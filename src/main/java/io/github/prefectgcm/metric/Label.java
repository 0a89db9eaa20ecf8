package io.github.prefectgcm.metric;

/** A label key of a metric, with the description that people read in the metric explorer. */
public record Label(String key, String description) {

  // Not the generated ones, as with Series.

  @Override
  public boolean equals(Object other) {
    return other instanceof Label that
        && key.equals(that.key)
        && description.equals(that.description);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + description.hashCode();
  }
}
