package io.github.prefectgcm.cli;

import io.github.prefectgcm.catalog.Price;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** For people: the last point of each series, then how many there are and what they add up to. */
public final class TablePreview implements Preview {
  private final PrintStream out;
  private final int width;
  private final Function<Collection<Series>, Price> price;
  private final Map<Metric, List<Sample>> samples = new LinkedHashMap<>();

  /**
   * @param width columns that a line may take
   * @param price what some series cost
   */
  public TablePreview(PrintStream out, int width, Function<Collection<Series>, Price> price) {
    this.out = out;
    this.width = width;
    this.price = price;
  }

  @Override
  public void add(Sample sample) {
    samples.computeIfAbsent(sample.series().metric(), metric -> new ArrayList<>()).add(sample);
  }

  @Override
  public void end() {
    var totals = new Table(List.of("METRIC", "SERIES", "POINTS", "TOTAL", "MIB", "USD"));
    var series = new LinkedHashSet<Series>();
    samples.forEach((metric, all) -> {
      var newest = NewestPoints.of(metric, all);
      newest.print(out, width);
      totals.row(
          metric.name(),
          Integer.toString(newest.points().size()),
          Integer.toString(all.size()),
          newest.total(),
          decimal(price.apply(newest.points().keySet()).mib()),
          decimal(price.apply(newest.points().keySet()).listed()));
      series.addAll(newest.points().keySet());
    });
    out.println();
    totals.print(out, "", width);
    sum(price.apply(series));
    out.println();
  }

  /** What it all costs; the columns are list prices, before what is free. */
  private void sum(Price all) {
    Columns.wrap(
            "In a month of 30 days, with an execution every %s: %d series, %s MiB of points, and %.2f million series read back: $%s after what is free for a billing account (150 MiB, 1 million series)."
                .formatted(
                    Formats.of(all.period()),
                    all.series(),
                    decimal(all.mib()),
                    all.reads() / 1e6,
                    decimal(all.total())),
            width)
        .forEach(out::println);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
