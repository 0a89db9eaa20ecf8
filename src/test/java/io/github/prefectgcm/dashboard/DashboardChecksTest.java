package io.github.prefectgcm.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.query.CloudDashboardCheck;
import io.github.prefectgcm.query.GrafanaDashboardCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every dashboard asks, in the form that its service takes, for what is written. */
class DashboardChecksTest {

  @ParameterizedTest
  @MethodSource
  void nothingIsWrongForCloudMonitoring(Path file) throws IOException {
    check(file, CloudDashboardCheck::problems);
  }

  @ParameterizedTest
  @MethodSource
  void nothingIsWrongForGrafana(Path file) throws IOException {
    check(file, GrafanaDashboardCheck::problems);
  }

  @Test
  void everyPanelSaysWhatItMeansUnderATitleOfItsOwn() {
    for (Dashboard dashboard : Dashboards.ALL) {
      var titles = new HashSet<String>();
      for (Section section : dashboard.sections()) {
        for (Panel panel : section.panels()) {
          assertTrue(titles.add(panel.title()), panel.title());
          assertTrue(panel.meaning().endsWith("."), panel.title());
        }
      }
    }
  }

  /** The widths of bars and windows follow the period that is installed; a text cannot. */
  @Test
  void noTextNamesATimeThatFollowsThePeriod() {
    for (Dashboard dashboard : Dashboards.ALL) {
      for (Section section : dashboard.sections()) {
        for (Panel panel : section.panels()) {
          String text = panel.title() + ": " + panel.meaning();
          assertFalse(
              text.matches("(?si).*\\b(ten|five|fifteen|10|5|15|30) min.*|.*hour by hour.*"), text);
          assertFalse(text.matches("(?si).*\\bin each (hour|\\w+ minutes).*"), text);
        }
      }
    }
  }

  private static void check(Path file, Function<String, List<String>> check) throws IOException {
    assertEquals("", String.join("\n", check.apply(Files.readString(file))));
  }

  static Stream<Path> nothingIsWrongForCloudMonitoring() {
    return Dashboards.cloudMonitoring().keySet().stream();
  }

  static Stream<Path> nothingIsWrongForGrafana() {
    return Dashboards.grafana().keySet().stream();
  }
}
