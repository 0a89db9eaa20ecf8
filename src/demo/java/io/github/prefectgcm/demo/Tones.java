package io.github.prefectgcm.demo;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinalState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of colours for the lines of a page; {@code look.css} says what they look like. A state has
 * a colour of its own on all pages, anything else the same one on all of a page if it can be had.
 */
final class Tones {
  static final int HUES = 16;
  private static final String NOBODY = "nobody";
  private static final String ALONE = "accent";
  private static final Set<String> WITHOUT = Set.of("no pool", "no deployment", "no flow", "none");
  private static final List<String> WORKERS = List.of("online", "stale", "offline");

  private final List<String> names;

  /** For a page with lines of these names, in their order on it. */
  Tones(Collection<String> names) {
    this.names = names.stream().filter(name -> !own(name)).distinct().toList();
  }

  /** Of the states of runs, and of workers. */
  static Stream<String> states() {
    return Stream.of(
            Stream.of(FinalState.values()).map(FinalState::label),
            Stream.of(CurrentState.values()).map(CurrentState::label),
            WORKERS.stream())
        .flatMap(all -> all);
  }

  /** In which order lines are drawn, and lie on each other: what stands for nothing is lowest. */
  static int rank(String name) {
    return WITHOUT.contains(name) ? -1 : states().toList().indexOf(name) + 1;
  }

  /** One for each line of a chart. Two are the same only if there are more lines than colours. */
  List<String> of(List<String> lines) {
    if (lines.size() == 1 && !own(lines.getFirst())) {
      return List.of(ALONE);
    }
    var taken = new HashSet<Integer>();
    var tones = new ArrayList<String>();
    for (String line : lines) {
      tones.add(
          fixed(line)
              .orElseGet(() -> {
                int hue = Math.max(0, names.indexOf(line)) % HUES;
                while (taken.size() < HUES && taken.contains(hue)) {
                  hue = (hue + 1) % HUES;
                }
                taken.add(hue);
                return "hue-" + hue;
              }));
    }
    return tones;
  }

  private static Optional<String> fixed(String name) {
    if (!own(name)) {
      return Optional.empty();
    }
    return Optional.of(WITHOUT.contains(name) ? NOBODY : name);
  }

  private static boolean own(String name) {
    return WITHOUT.contains(name) || states().anyMatch(name::equals);
  }
}
