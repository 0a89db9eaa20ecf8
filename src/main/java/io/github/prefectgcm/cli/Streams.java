package io.github.prefectgcm.cli;

import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the process says goes here.
 *
 * @param columns of the terminal that {@code out} is, if it is one
 */
public record Streams(OutputStream out, OutputStream err, Supplier<OptionalInt> columns) {

  /** Without a terminal. */
  public static Streams of(OutputStream out, OutputStream err) {
    return new Streams(out, err, OptionalInt::empty);
  }
}
