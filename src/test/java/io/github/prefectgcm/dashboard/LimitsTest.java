package io.github.prefectgcm.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Map<String, Limit> LIMITS =
      Map.of(
          "late_seconds", Limits.LATE,
          "pending_seconds", Limits.PENDING,
          "running_seconds", Limits.RUNNING,
          "data_behind_seconds", Limits.BEHIND,
          "failure_ratio", Limits.FAILURES,
          "consecutive_failures", Limits.STREAK);

  @Test
  void linesAreDrawnWhereAlertsBegin() throws IOException {
    String variables = Files.readString(Path.of("terraform", "variables-alerts.tf"));
    LIMITS.forEach((name, limit) -> {
      var found =
          Pattern.compile("\\b" + name + "\\s*=\\s*optional\\(number, ([\\d.]+)\\)")
              .matcher(variables);
      assertTrue(found.find(), name);
      assertEquals(Double.parseDouble(found.group(1)), limit.value(), name);
    });
  }
}
