package io.github.prefectgcm.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns. A cell that does not fit goes on in the next line. */
final class Table {
  private static final String GAP = "  ";

  /** No column is made narrower than this. */
  private static final int LEAST = 8;

  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> heads) {
    rows.add(List.copyOf(heads));
  }

  void row(String... cells) {
    row(List.of(cells));
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /**
   * @param indent in front of every line
   * @param most columns that a line may take
   */
  void print(PrintStream out, String indent, int most) {
    int[] widths = widths(most - Columns.of(indent));
    for (List<String> row : rows) {
      var cells = new ArrayList<List<String>>();
      for (int i = 0; i < widths.length; i++) {
        cells.add(Columns.wrap(row.get(i), widths[i]));
      }
      int lines = cells.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < lines; line++) {
        out.println((indent + line(cells, line, widths)).stripTrailing());
      }
    }
  }

  private static String line(List<List<String>> cells, int line, int[] widths) {
    var text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String part = line < cells.get(i).size() ? cells.get(i).get(line) : "";
      text.append(part).append(" ".repeat(widths[i] - Columns.of(part))).append(GAP);
    }
    return text.toString();
  }

  /** As wide as what is in them; if that is too wide, the widest are made narrower. */
  private int[] widths(int most) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
      }
    }
    long free = (long) most - GAP.length() * (widths.length - 1L);
    while (Arrays.stream(widths).asLongStream().sum() > free) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }
}
