package io.github.prefectgcm.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** How far it is: one line that is rewritten in a terminal, else a line for every tenth. */
final class Progress {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean interactive;
  private final int total;
  private int done;

  private Progress(PrintStream out, boolean interactive, int total) {
    this.out = out;
    this.interactive = interactive;
    this.total = total;
  }

  static Progress of(PrintStream out, int total) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Progress(out, terminal, total);
  }

  void step(String where) {
    done++;
    if (interactive) {
      int filled = WIDTH * done / total;
      out.printf(
          Locale.ROOT,
          "\r  %s%s  %s  execution %d of %d ",
          "█".repeat(filled),
          "░".repeat(WIDTH - filled),
          where,
          done,
          total);
      if (done == total) {
        out.println();
      }
      out.flush();
    } else if (10 * done / total > 10 * (done - 1) / total) {
      out.printf(
          Locale.ROOT,
          "  %3d %%  %s  execution %d of %d%n",
          100 * done / total,
          where,
          done,
          total);
    }
  }
}
