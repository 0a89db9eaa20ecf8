package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arguments do. */
class CommandTest {

  @ParameterizedTest
  @EnumSource
  void everyCommandIsInTheHelpAndHasOneOfItsOwn(Command command) {
    try (var site = new Site()) {
      assertTrue(
          site.command("--help").out().stream()
              .anyMatch(line ->
                  line.startsWith(command.word()) && line.endsWith("  " + command.meaning())),
          command::meaning);
      List<String> own = site.command("help", command.word()).out();
      if (command == Command.CHECK || command == Command.DESCRIPTORS) {
        assertEquals(command + ": " + command.meaning(), own.getFirst());
        command
            .options()
            .forEach(option ->
                assertTrue(own.stream().anyMatch(line -> line.startsWith(option.usage()))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "help",
        "help help",
        "--help help",
        "--help --verbose",
        "--output json --help",
        "-h -V"
      })
  void helpIsGivenHoweverItIsAskedFor(String arguments) {
    try (var site = new Site()) {
      site.environment.clear();

      Site.Ending ending = site.command(arguments.split(" ", -1));

      assertEquals(0, ending.code());
      assertEquals(List.of(), ending.err());
      String help = String.join("\n", ending.out());
      for (Setting setting : Setting.values()) {
        assertTrue(help.contains("\n" + setting + " "), setting::name);
      }
      for (Option option : Option.values()) {
        assertTrue(help.contains("\n" + option.usage() + "  "), option::name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check --help",
        "--help check",
        "check -h",
        "help check",
        "check now --help",
        "help check --help"
      })
  void helpOnOneCommandIsGivenHoweverItIsAskedFor(String arguments) {
    try (var site = new Site()) {
      Site.Ending ending = site.command(arguments.split(" ", -1));

      assertEquals(0, ending.code());
      assertEquals("prefect-gcm check: " + Command.CHECK.meaning(), ending.out().getFirst());
      assertTrue(ending.out().contains("usage: java -jar prefect-gcm.jar check [option]"));
      assertEquals(List.of(), site.prefect.requests());
    }
  }

  @Test
  void theHelpFitsTheTerminal() {
    try (var site = new Site()) {
      site.columns = OptionalInt.of(80);
      for (String line : site.command("--help").out()) {
        assertTrue(Columns.of(line) <= 80, line);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version", "check --version"})
  void theVersionIsOneLine(String arguments) {
    try (var site = new Site()) {
      Site.Ending ending = site.command(arguments.split(" ", -1));
      assertEquals(0, ending.code());
      assertEquals(1, ending.lines().size());
      assertTrue(ending.out().getFirst().matches("prefect-gcm \\d+\\.\\d+\\.\\d+"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chekc|prefect-gcm does not know the command "chekc"; did you mean check?
          Check|prefect-gcm does not know the command "Check"; did you mean check?
          help chekc|prefect-gcm does not know the command "chekc"; did you mean check?
          run|prefect-gcm does not know the command "run"; see prefect-gcm --help
          check now|prefect-gcm check takes no "now"; see prefect-gcm --help
          --apply|prefect-gcm has no option --apply; it belongs to prefect-gcm descriptors
          check --apply|prefect-gcm check has no option --apply; it belongs to prefect-gcm descriptors
          check -o json|prefect-gcm check has no option --output; it belongs to prefect-gcm
          descriptors --aply|prefect-gcm does not know the option "--aply"; did you mean --apply?
          descriptors --apply=yes|--apply takes no value
          descriptors --force|prefect-gcm does not know the option "--force"; see prefect-gcm --help
          --output|--output is ""; it must be table or json or csv
          --output yaml|--output is "yaml"; it must be table or json or csv
          --dry-run|DRY_RUN is a setting, which is no argument but a variable: DRY_RUN=… java -jar prefect-gcm.jar
          PERIOD=5m|PERIOD is a setting, which is no argument but a variable: PERIOD=… java -jar prefect-gcm.jar
          --prefect-api-key=hunter2|PREFECT_API_KEY is a setting, which is no argument but a variable: PREFECT_API_KEY=… java -jar prefect-gcm.jar
          --key=hunter2|prefect-gcm does not know the option "--key"; see prefect-gcm --help
          """)
  void whatIsUnknownIsAnsweredWithWhatMayBeMeantAndDoesNothing(String arguments, String sentence) {
    try (var site = new Site()) {
      Site.Ending ending = site.command(arguments.split(" ", -1));

      assertEquals(2, ending.code());
      assertEquals(List.of(), ending.out());
      assertEquals(List.of("error: " + sentence), ending.err());
      assertEquals(List.of(), site.prefect.requests());
      assertEquals(Map.of(), site.cloud.series());
    }
  }

  @Test
  void whatIsUnknownIsAnErrorWithItsExitCodeInCloudLogging() {
    try (var site = new Site()) {
      site.environment.put("LOG_FORMAT", "json");

      Site.Ending ending = site.command("chick\n{}");

      assertEquals(2, ending.code());
      assertEquals(
          List.of(
              "{\"severity\":\"ERROR\",\"message\":\"prefect-gcm does not know the command"
                  + " \\\"chick {}\\\"; see prefect-gcm --help\",\"exit_code\":2}"),
          ending.lines());
    }
  }

  @Test
  void noArgumentIsOneExecution() {
    try (var site = new Site()) {
      Site.Ending ending = site.command();
      assertEquals(0, ending.code());
      assertEquals(Optional.of(Site.NOON), site.watermark(), ending::summary);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "check", "descriptors"})
  void aMisspeltSettingIsAWarning(String arguments) {
    try (var site = new Site()) {
      site.environment.put("METRIC_PREFX", "x");
      List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments);
      assertEquals(
          List.of("warning: METRIC_PREFX is no setting and is ignored; METRIC_PREFIX is one"),
          site.command(words.toArray(String[]::new)).err());
    }
  }
}
