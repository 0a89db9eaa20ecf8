package io.github.prefectgcm.prefect.http;

/** A text that is never printed: its {@code toString} is a mask. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
