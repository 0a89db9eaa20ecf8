package io.github.prefectgcm.cli;

import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;

/** Values in the words of the log and of the dry run. */
public final class Formats {
  private Formats() {}

  /** What is to be reported, with all that helps to find it. */
  public static String ofBug(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return "a bug of prefect-gcm, please report it: " + trace;
  }

  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** The two largest units, such as 2 h 5 min. */
  public static String of(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return pair(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? pair(seconds / 3600, "h", seconds / 60 % 60, "min")
        : pair(seconds / 86_400, "d", seconds / 3600 % 24, "h");
  }

  private static String pair(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }

  public static String of(Sample sample) {
    return of(sample.series())
        + " "
        + of(sample.point().value())
        + " from "
        + sample.point().start()
        + " to "
        + sample.point().end();
  }

  public static String of(Value value) {
    return switch (value) {
      case Int64Value(long number) -> Long.toString(number);
      case DoubleValue(double number) -> decimal(number);
      case DistributionValue spread ->
          spread.count() == 0 ? "0" : spread.count() + ", mean " + decimal(spread.mean());
    };
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.3f", number).replaceFirst("\\.?0+$", "");
  }

  /** Without the labels that are empty. */
  public static String of(Series series) {
    var labels = new StringBuilder();
    for (int i = 0; i < series.labels().size(); i++) {
      if (series.labels().get(i).isEmpty()) {
        continue;
      }
      labels
          .append(labels.isEmpty() ? "" : ", ")
          .append(series.metric().labels().get(i).key())
          .append("=\"")
          .append(series.labels().get(i))
          .append('"');
    }
    return series.metric().name() + (labels.isEmpty() ? "" : "{" + labels + "}");
  }
}
