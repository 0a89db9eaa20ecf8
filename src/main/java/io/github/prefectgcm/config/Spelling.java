package io.github.prefectgcm.config;

/** Whether somebody may have meant one word who wrote another. */
public final class Spelling {
  private Spelling() {}

  public static boolean resembles(String written, String meant) {
    int most = meant.length() < 6 ? 1 : 2;
    return Math.abs(written.length() - meant.length()) <= most && distance(written, meant) <= most;
  }

  /** Edits (insert, delete, replace, swap of neighbours) between two words. */
  private static int distance(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replace = edits[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (swapped) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[one.length()][other.length()];
  }
}
