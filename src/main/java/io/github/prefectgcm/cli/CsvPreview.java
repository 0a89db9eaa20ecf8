package io.github.prefectgcm.cli;

import static java.util.stream.Collectors.joining;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * For programs and spreadsheets: every point, a record of <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> each. There is a column for each label
 * that any metric has, and a distribution is what it is in {@link JsonPreview}.
 */
public final class CsvPreview implements Preview {
  private final PrintStream out;
  private final Target target;
  private final List<String> labels =
      Catalog.ALL.entries().stream()
          .map(Entry::metric)
          .map(Metric::labels)
          .flatMap(List::stream)
          .map(Label::key)
          .distinct()
          .toList();

  public CsvPreview(PrintStream out, Target target) {
    this.out = out;
    this.target = target;
    var heads = new ArrayList<>(List.of("metric", "kind", "value_type", "unit"));
    heads.addAll(labels);
    heads.add("resource_project_id");
    target.resource().keySet().forEach(key -> heads.add("resource_" + key));
    heads.addAll(List.of("start", "end", "value", "distribution"));
    print(heads);
  }

  @Override
  public void add(Sample sample) {
    Metric metric = sample.series().metric();
    var cells = new ArrayList<String>();
    cells.add(target.type(metric));
    cells.add(metric.kind().name());
    cells.add(metric.valueType().name());
    cells.add(metric.unit());
    labels.forEach(key -> cells.add(label(sample.series(), key)));
    cells.add(target.project().orElse(""));
    cells.addAll(target.resource().values());
    cells.add(sample.point().start().toString());
    cells.add(sample.point().end().toString());
    switch (sample.point().value()) {
      case Int64Value(long number) -> cells.addAll(List.of(Long.toString(number), ""));
      case DoubleValue(double number) -> cells.addAll(List.of(Double.toString(number), ""));
      case DistributionValue spread ->
          cells.addAll(List.of("", JsonPreview.distribution(spread).toString()));
    }
    print(cells);
  }

  private static String label(Series series, String key) {
    List<Label> all = series.metric().labels();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).key().equals(key)) {
        return LabelValue.clean(series.labels().get(i));
      }
    }
    return "";
  }

  private void print(List<String> cells) {
    out.print(cells.stream().map(CsvPreview::quoted).collect(joining(",", "", "\r\n")));
  }

  private static String quoted(String cell) {
    boolean plain = Stream.of(",", "\"", "\r", "\n").noneMatch(cell::contains);
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() {
    // Every record is whole by itself.
  }
}
