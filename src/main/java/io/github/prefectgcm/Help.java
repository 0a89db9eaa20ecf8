package io.github.prefectgcm;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** What {@code --help} says. */
final class Help {
  private Help() {}

  static void print(PrintStream out) {
    out.println(
        """
        prefect-gcm: brings Prefect's flow-run history into Google Cloud Monitoring.
        Counts every run that finished since the last execution, measures what there is now, and exits.

        usage: java -jar prefect-gcm.jar [command]
        """);
    var commands = new Table(List.of("COMMAND", "WHAT IT DOES"));
    for (Command command : Command.values()) {
      commands.row(command.usage().isEmpty() ? "(none)" : command.usage(), command.meaning());
    }
    commands.print(out);
    out.println(
        """

        Settings are environment variables; durations read 90s, 5m, 24h.
        """);
    var table = new Table(List.of("NAME", "DEFAULT", "MEANING"));
    for (Setting setting : Setting.values()) {
      table.row(setting.name(), plain(setting.standard()), plain(setting.meaning()));
    }
    table.print(out);
    out.println(
        """

        exit codes: 0 all is well; 1 try again; 2 will not get better by itself\
        """);
  }

  /** What to type in place of arguments that mean nothing. */
  static String unknown(List<String> arguments) {
    return "prefect-gcm does not know the command "
        + SettingValues.printable(String.join(" ", arguments))
        + Arrays.stream(Command.values())
            .map(Command::usage)
            .filter(usage -> !usage.isEmpty())
            .collect(joining(", ", "; it knows ", "; settings are environment variables"));
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
