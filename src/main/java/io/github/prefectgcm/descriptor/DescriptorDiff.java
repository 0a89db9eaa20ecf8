package io.github.prefectgcm.descriptor;

import io.github.prefectgcm.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What it would take to declare a metric as it should be. */
public sealed interface DescriptorDiff {
  Metric metric();

  /** It is not declared yet. */
  record Missing(Metric metric) implements DescriptorDiff {}

  /** It is declared as it should be. */
  record None(Metric metric) implements DescriptorDiff {}

  /** It can be declared anew with other words, a unit or more labels. */
  record Edits(Metric metric, List<Edit> edits) implements DescriptorDiff {
    public Edits {
      edits = List.copyOf(edits);
    }
  }

  /** It cannot be changed into what it should be: points of it are stored, or refused, for good. */
  record Conflict(Metric metric, List<String> reasons) implements DescriptorDiff {
    public Conflict {
      reasons = List.copyOf(reasons);
    }
  }

  /** One thing to change. */
  record Edit(String what, String from, String to) {}

  /**
   * Compares a metric with how it is declared.
   *
   * @param declared all that is, by name
   */
  static DescriptorDiff of(Metric metric, Map<String, Descriptor> declared) {
    Optional<Descriptor> descriptor = Optional.ofNullable(declared.get(metric.name()));
    if (descriptor.isEmpty()) {
      return new Missing(metric);
    }
    Descriptor found = descriptor.get();
    Descriptor wanted = Descriptor.of(metric);
    List<String> reasons = conflicts(found, wanted);
    if (!reasons.isEmpty()) {
      return new Conflict(metric, reasons);
    }
    List<Edit> edits = edits(found, wanted);
    return edits.isEmpty() ? new None(metric) : new Edits(metric, edits);
  }

  private static List<String> conflicts(Descriptor found, Descriptor wanted) {
    var reasons = new ArrayList<String>();
    conflict("metric kind", found.kind(), wanted.kind()).ifPresent(reasons::add);
    conflict("value type", found.valueType(), wanted.valueType()).ifPresent(reasons::add);
    Map<String, Descriptor.Key> keys = keys(wanted);
    for (Descriptor.Key key : found.labels()) {
      if (keys.containsKey(key.name())) {
        conflict("type of label " + key.name(), key.valueType(), keys.get(key.name()).valueType())
            .ifPresent(reasons::add);
      } else {
        reasons.add("label " + key.name() + " is not one of ours, and cannot be removed");
      }
    }
    return reasons;
  }

  private static Optional<String> conflict(String what, String found, String wanted) {
    return found.equals(wanted)
        ? Optional.empty()
        : Optional.of(what + " is " + found + ", not " + wanted);
  }

  private static List<Edit> edits(Descriptor found, Descriptor wanted) {
    var edits = new ArrayList<Edit>();
    edit("unit", found.unit(), wanted.unit()).ifPresent(edits::add);
    edit("display name", found.displayName(), wanted.displayName()).ifPresent(edits::add);
    edit("description", found.description(), wanted.description()).ifPresent(edits::add);
    Map<String, Descriptor.Key> keys = keys(found);
    for (Descriptor.Key key : wanted.labels()) {
      Optional<Descriptor.Key> known = Optional.ofNullable(keys.get(key.name()));
      edit(
              (known.isPresent() ? "label " : "new label ") + key.name(),
              known.map(Descriptor.Key::description).orElse(""),
              key.description())
          .ifPresent(edits::add);
    }
    return edits;
  }

  private static Optional<Edit> edit(String what, String from, String to) {
    return from.equals(to) ? Optional.empty() : Optional.of(new Edit(what, from, to));
  }

  /** The order of labels says nothing: the store sorts them. */
  private static Map<String, Descriptor.Key> keys(Descriptor descriptor) {
    return descriptor.labels().stream()
        .collect(Collectors.toMap(Descriptor.Key::name, Function.identity()));
  }
}
