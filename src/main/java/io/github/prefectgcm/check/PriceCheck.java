package io.github.prefectgcm.check;

import io.github.prefectgcm.catalog.Price;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.StatusLine;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.job.Execution;
import io.github.prefectgcm.job.ExecutionContext;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/** Says what the series that an execution writes cost in a month, against a limit. */
record PriceCheck(
    Settings settings, Source source, ExecutionContext surroundings, Findings findings) {
  static final String NAME = "price";

  /** Plays a first execution into a store that only counts. */
  void run(double most) {
    var store = new CountingStore();
    ExecutionContext unheard = surroundings.apart(silent());
    int code = new Execution(settings, source, () -> store, unheard, "").run();
    if (code != ExitCode.DONE) {
      findings.open(NAME, "an execution would not be whole");
      return;
    }
    Price price = Price.of(settings.catalog(), store.series(), settings.period());
    String text =
        String.format(
            Locale.ROOT,
            "$%.2f a month for %d series and %.1f MiB of points, after what is free",
            price.total(),
            price.series(),
            price.mib());
    if (price.total() <= most) {
      findings.good(NAME, text);
    } else {
      findings.bad(
          NAME,
          text
              + String.format(Locale.ROOT, ", which is more than MAX_PRICE, $%.2f: ", most)
              + "leave out metrics (METRICS) or labels (LABELS), or raise PERIOD",
          ExitCode.BROKEN);
    }
  }

  private static Log silent() {
    var nowhere = OutputStream.nullOutputStream();
    var printer = new PrintStream(nowhere, false, StandardCharsets.UTF_8);
    return new Log(printer, printer, false, new StatusLine(nowhere, OptionalInt::empty));
  }
}
