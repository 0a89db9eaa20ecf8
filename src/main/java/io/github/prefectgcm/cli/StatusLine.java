package io.github.prefectgcm.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A line that shows somebody who watches how far a long execution is. */
public final class StatusLine {
  private static final String ERASE = "\r\033[K";

  private final OutputStream out;
  private final Supplier<OptionalInt> columns;
  private boolean shown;

  /**
   * @param columns of the terminal that {@code out} goes to, if it goes to one
   */
  public StatusLine(OutputStream out, Supplier<OptionalInt> columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Takes the place of what was shown before. */
  synchronized void show(String text) {
    OptionalInt width = columns.get();
    if (width.isPresent()) {
      shown = true;
      // A line that is broken in two could not be erased.
      write(ERASE + Columns.wrap(text, Math.max(1, width.getAsInt() - 1)).getFirst());
    }
  }

  /** Before anything else is printed. */
  synchronized void erase() {
    if (shown) {
      shown = false;
      write(ERASE);
    }
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // What is printed next meets the same, and is missed.
    }
  }
}
