package io.github.prefectgcm.cli;

import static java.util.stream.Collectors.joining;

import io.github.prefectgcm.config.Setting;
import io.github.prefectgcm.config.SettingValues;
import io.github.prefectgcm.config.Spelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * What the arguments ask for.
 *
 * @param about the command that help is wanted on
 * @param apply whether what is shown is to be done too
 * @param output the form of a dry run; absent if none was named
 */
public record Invocation(
    Command command, Optional<Command> about, boolean apply, Optional<Output> output) {

  /** Arguments that mean nothing, in a sentence that says what may have been meant. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public Unknown(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  /** Whoever asks for help gets it, whatever else is there. */
  public static Invocation of(List<String> arguments) throws Unknown {
    if (arguments.stream().anyMatch(Option.HELP.words()::contains)) {
      return help(
          arguments.stream()
              .flatMap(word -> Command.of(word).stream())
              .filter(command -> command != Command.HELP)
              .findFirst());
    }
    var words = new ArrayList<String>();
    Map<Option, String> options = options(arguments, words);
    if (options.containsKey(Option.VERSION)) {
      return new Invocation(Command.VERSION, Optional.empty(), false, Optional.empty());
    }
    Command command = words.isEmpty() ? Command.EXECUTE : command(words.removeFirst());
    if (command == Command.HELP && words.size() == 1) {
      return help(Optional.of(command(words.getFirst())).filter(about -> about != Command.HELP));
    }
    if (!words.isEmpty()) {
      throw new Unknown(
          command + " takes no " + quoted(words.getFirst()) + remedy(Optional.empty()));
    }
    Optional<Option> misplaced =
        options.keySet().stream().filter(option -> !command.options().contains(option)).findFirst();
    if (misplaced.isPresent()) {
      throw new Unknown(
          command + " has no option " + misplaced.get().word() + home(misplaced.get()));
    }
    return new Invocation(
        command,
        Optional.empty(),
        options.containsKey(Option.APPLY),
        Optional.ofNullable(options.get(Option.OUTPUT)).flatMap(Output::of));
  }

  /** Whether standard output is to hold points alone, as far as arguments can be understood. */
  public static boolean isForProgram(List<String> arguments) {
    try {
      return of(arguments).output().filter(Output::isForPrograms).isPresent();
    } catch (Unknown e) {
      return false;
    }
  }

  private static Invocation help(Optional<Command> about) {
    return new Invocation(
        Command.HELP, about.filter(command -> command != Command.HELP), false, Optional.empty());
  }

  /** The options with their values; all other arguments are added to {@code words}. */
  private static Map<Option, String> options(List<String> arguments, Collection<String> words)
      throws Unknown {
    var options = new EnumMap<Option, String>(Option.class);
    Queue<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      if (!argument.startsWith("-")) {
        words.add(argument);
        continue;
      }
      String[] parts = argument.split("=", 2);
      Optional<Option> option = Option.of(parts[0]);
      if (option.isEmpty()) {
        throw unknown("option", argument);
      }
      options.put(option.get(), value(option.get(), parts, rest));
    }
    return options;
  }

  private static String value(Option option, String[] parts, Queue<String> rest) throws Unknown {
    if (!option.hasValue()) {
      if (parts.length > 1) {
        throw new Unknown(option.word() + " takes no value");
      }
      return "";
    }
    String value = parts.length > 1 ? parts[1] : Optional.ofNullable(rest.poll()).orElse("");
    if (Output.of(value).isEmpty()) {
      throw new Unknown(
          option.word()
              + " is "
              + quoted(value)
              + "; it must be "
              + Arrays.stream(Output.values()).map(Output::argument).collect(joining(" or ")));
    }
    return value;
  }

  private static Command command(String word) throws Unknown {
    Optional<Command> command = Command.of(word);
    if (command.isEmpty()) {
      throw unknown("command", word);
    }
    return command.get();
  }

  private static Unknown unknown(String what, String written) {
    // What follows may be a secret.
    String word = written.replaceFirst("=.*", "");
    return setting(word)
        .map(setting ->
            new Unknown(
                setting
                    + " is a setting, which is no argument but a variable: "
                    + setting
                    + "=… java -jar prefect-gcm.jar"))
        .orElseGet(() ->
            new Unknown(
                "prefect-gcm does not know the "
                    + what
                    + " "
                    + quoted(word)
                    + remedy(meant(word))));
  }

  /** The setting that somebody writes as {@code --dry-run} or {@code period}. */
  private static Optional<Setting> setting(String word) {
    String name = word.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.name().equals(name))
        .findFirst();
  }

  private static Optional<String> meant(String written) {
    return Stream.concat(
            Arrays.stream(Command.values()).map(Command::word),
            Arrays.stream(Option.values()).map(Option::word))
        .filter(word -> !word.isEmpty())
        .filter(word -> Spelling.resembles(written.toLowerCase(Locale.ROOT), word))
        .findFirst();
  }

  private static String remedy(Optional<String> meant) {
    return meant.map(word -> "; did you mean " + word + "?").orElse("; see prefect-gcm --help");
  }

  private static String home(Option option) {
    return Arrays.stream(Command.values())
        .filter(command -> command.options().contains(option))
        .map(command -> "; it belongs to " + command)
        .findFirst()
        .orElse("");
  }

  private static String quoted(String text) {
    return SettingValues.printable(text);
  }
}
