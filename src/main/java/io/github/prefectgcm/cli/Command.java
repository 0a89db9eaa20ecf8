package io.github.prefectgcm.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the process can be asked for by its arguments. */
public enum Command {
  EXECUTE("", "one execution of the job", Option.OUTPUT),
  CHECK("check", "tries what the job needs, one by one, and says what to do; writes no point"),
  DESCRIPTORS(
      "descriptors",
      "shows how the project's metric descriptors differ from the job's",
      Option.APPLY),
  HELP("help", "this text; followed by a command, what that does"),
  VERSION("version", "the version");

  private final String word;
  private final String meaning;
  private final List<Option> options;

  Command(String word, String meaning, Option... options) {
    this.word = word;
    this.meaning = meaning;
    this.options = List.of(options);
  }

  /** The command of this word; an execution has none. */
  static Optional<Command> of(String word) {
    return Arrays.stream(values())
        .filter(command -> !word.isEmpty() && command.word.equals(word))
        .findFirst();
  }

  /** As it is typed; nothing for an execution. */
  String word() {
    return word;
  }

  String meaning() {
    return meaning;
  }

  /** Those that only this command has. */
  List<Option> options() {
    return options;
  }

  public boolean readsSettings() {
    return this != HELP && this != VERSION;
  }

  /** As a sentence names it. */
  @Override
  public String toString() {
    return word.isEmpty() ? "prefect-gcm" : "prefect-gcm " + word;
  }
}
