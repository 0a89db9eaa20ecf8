package io.github.prefectgcm.promql;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Sums and differences of sets of labels. */
final class Sets {
  private Sets() {}

  static Set<String> plus(Set<String> one, Collection<String> other) {
    var all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  static Set<String> minus(Set<String> one, Collection<String> other) {
    var rest = new TreeSet<>(one);
    rest.removeAll(other);
    return rest;
  }
}
