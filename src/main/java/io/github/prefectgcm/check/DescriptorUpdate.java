package io.github.prefectgcm.check;

import static java.util.stream.Collectors.joining;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.descriptor.DescriptorDiff;
import io.github.prefectgcm.descriptor.DescriptorDiffs;
import io.github.prefectgcm.descriptor.DescriptorRegistry;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.StoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows how the metric descriptors differ from those of the catalogue, and makes them alike. */
public final class DescriptorUpdate {
  private final DescriptorRegistry registry;
  private final Timing timing;
  private final Log log;

  public DescriptorUpdate(DescriptorRegistry registry, Timing timing, Log log) {
    this.registry = registry;
    this.timing = timing;
    this.log = log;
  }

  /**
   * Does it, or only shows it, and returns the exit code. If one descriptor cannot be changed, none
   * is: half a set helps nobody, and what is there may belong to something else.
   */
  public int run(boolean apply) throws StoreException {
    var differences = DescriptorDiffs.of(registry);
    differences.all().forEach(this::show);
    if (differences.conflict()) {
      return told(
          Log.Severity.ERROR,
          "nothing is changed: the kind, the value type and the labels of a descriptor are for"
              + " good; "
              + DescriptorDiffs.REMEDY,
          ExitCode.BROKEN);
    }
    List<Metric> due =
        Stream.concat(
                differences.those(DescriptorDiff.Missing.class).stream(),
                differences.those(DescriptorDiff.Edits.class).stream())
            .map(DescriptorDiff::metric)
            .toList();
    if (due.isEmpty()) {
      return told(Log.Severity.INFO, "nothing to do: " + differences.sentence(), ExitCode.DONE);
    }
    if (!apply) {
      return told(
          Log.Severity.INFO,
          Formats.count(due.size(), "descriptor")
              + " to create or change, nothing is done yet: `prefect-gcm descriptors --apply` does"
              + " it",
          ExitCode.DONE);
    }
    for (Metric metric : due) {
      registry.declare(metric, timing);
    }
    return told(
        Log.Severity.INFO,
        Formats.count(due.size(), "descriptor")
            + " created or changed; Cloud Monitoring may take some minutes to show it",
        ExitCode.DONE);
  }

  private void show(DescriptorDiff difference) {
    Metric metric = difference.metric();
    switch (difference) {
      case DescriptorDiff.Missing missing ->
          line(metric, "+ create ", List.of(metric.kind() + " " + metric.valueType()));
      case DescriptorDiff.Edits edits ->
          line(metric, "~ change ", edits.edits().stream().map(DescriptorUpdate::text).toList());
      case DescriptorDiff.None none -> line(metric, "= same   ", List.of());
      case DescriptorDiff.Conflict conflict -> line(metric, "! refused", conflict.reasons());
    }
  }

  private static String text(DescriptorDiff.Edit edit) {
    return "%s: \"%s\" -> \"%s\"".formatted(edit.what(), edit.from(), edit.to());
  }

  /** In plain text each detail has a line of its own, elsewhere all are in one. */
  private void line(Metric metric, String sign, List<String> details) {
    String head = sign + " " + metric.name();
    log.answer(
        sign.startsWith("!") ? Log.Severity.ERROR : Log.Severity.INFO,
        head + details.stream().map(detail -> "\n            " + detail).collect(joining()),
        head + details.stream().collect(joining(", ", details.isEmpty() ? "" : ": ", "")),
        Map.of("metric", metric.name()));
  }

  private int told(Log.Severity severity, String text, int code) {
    log.answer(severity, text, text, Map.of("exit_code", code));
    return code;
  }
}
