package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arguments do. */
class CommandTest {

  @ParameterizedTest
  @EnumSource
  void everyCommandIsKnownAndInTheHelp(Command command) {
    try (var site = new Site()) {
      List<String> arguments =
          command.usage().isEmpty() ? List.of() : List.of(command.usage().split(" ", -1));
      assertEquals(Optional.of(command), Command.of(arguments));

      Site.Ending help = site.command("--help");

      assertEquals(0, help.code());
      assertTrue(
          help.out().stream()
              .anyMatch(line ->
                  line.startsWith(command.usage()) && line.endsWith("  " + command.meaning())),
          () -> String.join("\n", help.out()));
    }
  }

  @Test
  void theHelpNamesEverySettingToo() {
    try (var site = new Site()) {
      String help = String.join("\n", site.command("-h").out());
      for (Setting setting : Setting.values()) {
        assertTrue(help.contains("\n" + setting + " "), setting::name);
      }
    }
  }

  @Test
  void theVersionIsOneLine() {
    try (var site = new Site()) {
      Site.Ending ending = site.command("--version");
      assertEquals(0, ending.code());
      assertEquals(1, ending.lines().size());
      assertTrue(ending.out().getFirst().matches("prefect-gcm \\d+\\.\\d+\\.\\d+"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chekc", "check now", "--apply", "descriptors --force", "--dry-run"})
  void whatIsUnknownIsAnsweredWithTheListAndDoesNothing(String arguments) {
    try (var site = new Site()) {
      Site.Ending ending = site.command(arguments.split(" ", -1));

      assertEquals(2, ending.code());
      assertEquals(List.of(), ending.out());
      assertEquals(
          List.of(
              "error: prefect-gcm does not know the command \""
                  + arguments
                  + "\"; it knows check, descriptors, descriptors --apply, --help, --version;"
                  + " settings are environment variables"),
          ending.err());
      assertEquals(List.of(), site.prefect.requests());
      assertEquals(Map.of(), site.cloud.series());
    }
  }

  @Test
  void whatIsUnknownIsAnErrorWithItsExitCodeInCloudLogging() {
    try (var site = new Site()) {
      site.environment.put("LOG_FORMAT", "json");

      Site.Ending ending = site.command("check\n", "{}");

      assertEquals(2, ending.code());
      assertEquals(
          List.of(
              "{\"severity\":\"ERROR\",\"message\":\"prefect-gcm does not know the command"
                  + " \\\"check  {}\\\"; it knows check, descriptors, descriptors --apply, --help,"
                  + " --version; settings are environment variables\",\"exit_code\":2}"),
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
