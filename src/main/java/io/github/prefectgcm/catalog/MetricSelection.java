package io.github.prefectgcm.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which metrics are written: terms in order, each of which adds some or takes some away.
 *
 * @param terms {@code default}, {@code all}, or names in which {@code *} stands for anything; those
 *     that begin with {@code !} take away
 */
public record MetricSelection(List<String> terms) {
  /** What is written unless somebody decides otherwise. */
  public static final MetricSelection STANDARD = new MetricSelection(List.of("default"));

  public MetricSelection {
    terms = List.copyOf(terms);
  }

  boolean includes(String name, boolean standard) {
    boolean included = false;
    for (String term : terms) {
      boolean away = term.startsWith("!");
      if (matches(away ? term.substring(1) : term, name, standard)) {
        included = !away;
      }
    }
    return included;
  }

  private static boolean matches(String term, String name, boolean standard) {
    return switch (term.toLowerCase(Locale.ROOT)) {
      case "default" -> standard;
      case "all" -> true;
      default -> pattern(term).matcher(name).matches();
    };
  }

  private static Pattern pattern(String glob) {
    var regex = new StringBuilder();
    for (String part : glob.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(
        glob.startsWith("*") && !regex.toString().startsWith(".*")
            ? ".*" + regex
            : regex.toString());
  }

  /** The terms that no metric has to do with, most likely misspelt. */
  public List<String> idle() {
    var idle = new ArrayList<String>();
    for (String term : terms) {
      String bare = term.startsWith("!") ? term.substring(1) : term;
      if (Catalog.ALL.entries().stream()
          .noneMatch(entry -> matches(bare, entry.metric().name(), entry.standard()))) {
        idle.add(term);
      }
    }
    return idle;
  }
}
