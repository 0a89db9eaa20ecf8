package io.github.prefectgcm.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be added to a command. */
public enum Option {
  APPLY("--apply", "", "creates or updates the descriptors; deletes none"),
  OUTPUT(
      "--output",
      "-o",
      "the form of a dry run (DRY_RUN=true): table, json or csv; the last two print every point,"
          + " and all else on standard error"),
  HELP("--help", "-h", "this text; after a command, what that does"),
  VERSION("--version", "-V", "the version");

  private final String word;
  private final String letter;
  private final String meaning;

  Option(String word, String letter, String meaning) {
    this.word = word;
    this.letter = letter;
    this.meaning = meaning;
  }

  static Optional<Option> of(String word) {
    return Arrays.stream(values()).filter(option -> option.words().contains(word)).findFirst();
  }

  public String word() {
    return word;
  }

  List<String> words() {
    return letter.isEmpty() ? List.of(word) : List.of(word, letter);
  }

  String meaning() {
    return meaning;
  }

  boolean hasValue() {
    return this == OUTPUT;
  }

  /** As it is typed, with its value. */
  String usage() {
    return String.join(", ", words()) + (hasValue() ? " FORM" : "");
  }
}
