package io.github.prefectgcm;

import io.github.prefectgcm.metric.Real;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Spread;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.Whole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;

/** Values in the words of the log and of the dry run. */
final class Text {
  private Text() {}

  /** What is to be reported, with all that helps to find it. */
  static String ofBug(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return "a bug of prefect-gcm, please report it: " + trace;
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** The two largest units, such as 2 h 5 min. */
  static String of(Duration time) {
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

  static String of(Sample sample) {
    return of(sample.series())
        + " "
        + of(sample.point().value())
        + " from "
        + sample.point().start()
        + " to "
        + sample.point().end();
  }

  static String of(Value value) {
    return switch (value) {
      case Whole(long number) -> Long.toString(number);
      case Real(double number) -> decimal(number);
      case Spread spread ->
          spread.count() == 0 ? "0" : spread.count() + ", mean " + decimal(spread.mean());
    };
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.3f", number).replaceFirst("\\.?0+$", "");
  }

  static String of(Series series) {
    var labels = new StringBuilder();
    for (int i = 0; i < series.labels().size(); i++) {
      labels
          .append(i == 0 ? "" : ", ")
          .append(series.metric().labels().get(i).key())
          .append("=\"")
          .append(series.labels().get(i))
          .append('"');
    }
    return series.metric().name() + (labels.isEmpty() ? "" : "{" + labels + "}");
  }
}
