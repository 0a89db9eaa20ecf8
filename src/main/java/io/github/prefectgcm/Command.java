package io.github.prefectgcm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the process can be asked for by its arguments. */
enum Command {
  EXECUTE("one execution of the job"),
  CHECK("tries what the job needs, one by one, and says what to do; writes no point", "check"),
  DESCRIPTORS("shows how the project's metric descriptors differ from the job's", "descriptors"),
  APPLY("shows it, and creates or updates them; deletes nothing", "descriptors", "--apply"),
  HELP("this text", "--help"),
  VERSION("the version", "--version");

  private final String meaning;
  private final List<String> arguments;

  Command(String meaning, String... arguments) {
    this.meaning = meaning;
    this.arguments = List.of(arguments);
  }

  static Optional<Command> of(List<String> arguments) {
    return arguments.equals(List.of("-h"))
        ? Optional.of(HELP)
        : Arrays.stream(values())
            .filter(command -> command.arguments.equals(arguments))
            .findFirst();
  }

  String meaning() {
    return meaning;
  }

  boolean readsSettings() {
    return this != HELP && this != VERSION;
  }

  /** As it is typed. */
  String usage() {
    return String.join(" ", arguments);
  }
}
