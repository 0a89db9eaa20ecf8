package io.github.prefectgcm;

import java.io.PrintStream;
import java.util.List;

/** What {@code --help} says. */
final class Help {
  private Help() {}

  static void print(PrintStream out) {
    out.println(
        """
        prefect-gcm: brings Prefect's flow-run history into Google Cloud Monitoring.
        Counts every run that finished since the last execution, measures what there is now, and exits.

        usage: java -jar prefect-gcm.jar [--help | --version]

        Settings are environment variables; durations read 90s, 5m, 24h.
        """);
    var table = new Table(List.of("NAME", "DEFAULT", "MEANING"));
    for (Setting setting : Setting.values()) {
      table.row(setting.name(), plain(setting.standard()), plain(setting.meaning()));
    }
    table.print(out);
    out.println(
        """

        exit codes: 0 all written, or nothing was due; 1 try again; 2 will not get better by itself\
        """);
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
