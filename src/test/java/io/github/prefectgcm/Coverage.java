package io.github.prefectgcm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints the sums of JaCoCo's table at the end of the build; run as a source file. */
final class Coverage {
  private Coverage() {}

  public static void main(String[] arguments) throws IOException {
    Path table = Path.of(arguments[0]);
    if (Files.notExists(table)) {
      System.out.println("coverage: no tests were run");
      return;
    }
    List<String> rows = Files.readAllLines(table);
    System.out.println(
        "coverage: "
            + covered("LINE", rows)
            + " of lines, "
            + covered("BRANCH", rows)
            + " of branches");
  }

  private static String covered(String what, List<String> rows) {
    long covered = sum(what + "_COVERED", rows);
    long all = covered + sum(what + "_MISSED", rows);
    return String.format(
        Locale.ROOT, "%.1f %% (%d/%d)", 100.0 * covered / Math.max(1, all), covered, all);
  }

  private static long sum(String column, List<String> rows) {
    int index = List.of(rows.getFirst().split(",")).indexOf(column);
    return rows.stream()
        .skip(1)
        .mapToLong(row -> Long.parseLong(List.of(row.split(",")).get(index)))
        .sum();
  }
}
