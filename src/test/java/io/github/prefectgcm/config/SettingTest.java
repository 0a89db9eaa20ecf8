package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

  @ParameterizedTest
  @CsvSource({
    // Inserted, left out, replaced, swapped, twice.
    "PREFECT_APIS_URL, PREFECT_API_URL",
    "PREFECT_API_UR, PREFECT_API_URL",
    "PREFECT_API-URL, PREFECT_API_URL",
    "PREFECT_AIP_URL, PREFECT_API_URL",
    "PREFCT_API_ULR, PREFECT_API_URL",
    "BACKFIL, BACKFILL",
    "PEROID, PERIOD",
    "DRYRUN, DRY_RUN",
    "GOOGLE_CLOUD_PROJCET, GOOGLE_CLOUD_PROJECT",
  })
  void aNameUpToTwoEditsAwayIsMeant(String name, Setting setting) {
    assertEquals(Optional.of(setting), Setting.meant(name));
  }

  @ParameterizedTest
  @EnumSource
  void aNameWrittenRightIsNotMisspelt(Setting setting) {
    assertEquals(Optional.empty(), Setting.meant(setting.name()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP_PROXY",
        "ALL_PROXY",
        "HOME",
        "PATH",
        "LOG_LEVEL",
        "PREFECT_HOME",
        "PREFECT_API_MODE",
        "PREFECT_UI_API_URL",
        "CLOUD_RUN_JOB",
        "HOSTNAME",
        "TIMEOUT",
        "PERIOD_OF_TIME",
        "",
      })
  void otherNamesBelongToOthers(String name) {
    assertEquals(Optional.empty(), Setting.meant(name));
  }

  /** Traces of the file that it was copied from are told for each, once, and without the value. */
  @ParameterizedTest
  @EnumSource
  void noSettingMayBeInQuotes(Setting setting) {
    var environment = new HashMap<>(Map.of("PREFECT_API_URL", "https://localhost:4200/api"));
    environment.put(setting.name(), "\"hush\"");
    var thrown = assertThrows(Settings.Invalid.class, () -> Settings.from(environment));
    assertEquals(
        List.of(setting + " is in quotes; leave them out, what reads it keeps them"),
        thrown.problems());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PREFECT_CLIENT_CUSTOM_HEADERS", "NO_PROXY"})
  void noSettingMayHaveALineBreak(Setting setting) {
    var environment = new HashMap<>(Map.of("PREFECT_API_URL", "https://localhost:4200/api"));
    environment.put(setting.name(), "hu\nsh");
    var thrown = assertThrows(Settings.Invalid.class, () -> Settings.from(environment));
    assertEquals(List.of(setting + " has a line break in it; remove it"), thrown.problems());
  }

  @Test
  void textsAreShort() {
    for (Setting setting : Setting.values()) {
      assertFalse(setting.meaning().isBlank() || setting.meaning().endsWith("."), setting.name());
      assertFalse(setting.standard().isBlank(), setting.name());
    }
  }
}
