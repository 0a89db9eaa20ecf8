package io.github.prefectgcm.cli;

import io.github.prefectgcm.config.Setting;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code --help} says.
 *
 * @param width columns that a line may take
 */
public record Help(PrintStream out, int width) {
  private static final String JOB = "java -jar prefect-gcm.jar";

  /** Of everything. */
  public void print() {
    say("prefect-gcm: brings Prefect's flow-run history into Google Cloud Monitoring.");
    say(
        "Counts every run that finished since the last execution, measures what there is now, and"
            + " exits.");
    usage("[command] [option]");
    var commands = new Table(List.of("COMMAND", "WHAT IT DOES"));
    for (Command command : Command.values()) {
      commands.row(command.word().isEmpty() ? "(none)" : command.word(), command.meaning());
    }
    print(commands);
    options(Arrays.asList(Option.values()));
    say("Settings are environment variables; durations read 90s, 5m, 24h.");
    say("");
    var settings = new Table(List.of("NAME", "DEFAULT", "MEANING"));
    for (Setting setting : Setting.values()) {
      settings.row(setting.name(), plain(setting.standard()), plain(setting.meaning()));
    }
    print(settings);
    say("exit codes: 0 all is well; 1 try again; 2 will not get better by itself");
  }

  /** Of one command. */
  public void print(Command command) {
    say(command + ": " + command.meaning());
    usage((command.word() + " [option]").strip());
    options(
        Stream.concat(command.options().stream(), Stream.of(Option.HELP, Option.VERSION)).toList());
    say("exit codes: 0 all is well; 1 try again; 2 will not get better by itself");
    say("Settings are environment variables; " + JOB + " --help lists them.");
  }

  private void usage(String arguments) {
    say("");
    say("usage: " + JOB + " " + arguments);
    say("");
  }

  private void options(List<Option> options) {
    var table = new Table(List.of("OPTION", "WHAT IT DOES"));
    options.forEach(option -> table.row(option.usage(), option.meaning()));
    print(table);
  }

  private void print(Table table) {
    table.print(out, "", width);
    say("");
  }

  private void say(String text) {
    Columns.wrap(text, width).forEach(out::println);
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
