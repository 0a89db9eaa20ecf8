package io.github.prefectgcm.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The dashboards' files are written from their definitions, by {@code mvn -Pformat}. */
class DashboardFilesTest {

  @Test
  void filesAreThoseOfTheDefinitions() throws IOException {
    var written = new TreeMap<>(Dashboards.cloudMonitoring());
    written.putAll(Dashboards.grafana());
    for (Map.Entry<Path, String> file : written.entrySet()) {
      if (Boolean.getBoolean("format.rewrite")) {
        Files.createDirectories(file.getKey().toAbsolutePath().getParent());
        Files.writeString(file.getKey(), file.getValue());
      } else {
        assertEquals(
            file.getValue(),
            Files.readString(file.getKey()),
            () -> file.getKey() + " is not what is defined; mvn -Pformat mends it");
      }
    }
  }

  @Test
  void noFileIsLeftOver() throws IOException {
    var defined = new TreeSet<>(Dashboards.cloudMonitoring().keySet());
    defined.addAll(Dashboards.grafana().keySet());
    var there = new TreeSet<Path>();
    for (Path file : defined) {
      try (var beside = Files.list(file.toAbsolutePath().getParent())) {
        beside.map(each -> file.resolveSibling(each.getFileName())).forEach(there::add);
      }
    }
    assertEquals(defined, there);
  }
}
