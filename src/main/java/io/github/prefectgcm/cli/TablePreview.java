package io.github.prefectgcm.cli;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For people: the last point of each series, then how many there are and what they add up to. */
public final class TablePreview implements Preview {
  private final PrintStream out;
  private final int width;
  private final Map<Metric, List<Sample>> samples = new LinkedHashMap<>();

  /**
   * @param width columns that a line may take
   */
  public TablePreview(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  @Override
  public void add(Sample sample) {
    samples.computeIfAbsent(sample.series().metric(), metric -> new ArrayList<>()).add(sample);
  }

  @Override
  public void end() {
    var totals = new Table(List.of("METRIC", "SERIES", "POINTS", "TOTAL"));
    samples.forEach((metric, all) -> {
      var newest = NewestPoints.of(metric, all);
      newest.print(out, width);
      totals.row(
          metric.name(),
          Integer.toString(newest.points().size()),
          Integer.toString(all.size()),
          newest.total());
    });
    out.println();
    totals.print(out, "", width);
    out.println();
  }
}
