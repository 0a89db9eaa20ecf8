package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A build changes the job behind Terraform's back. With mocks, Terraform's own tests cannot play
 * that: they have no attribute that is set elsewhere.
 */
class TerraformLifecycleTest {
  private static final Pattern IGNORED =
      Pattern.compile("(?ms)^    ignore_changes = \\[\\n(.*?)^    \\]$");

  @Test
  void whatABuildLeavesOnTheJobIsNoChange() throws IOException {
    var found =
        IGNORED.matcher(Files.readString(Path.of("terraform", "job.tf"))).results().toList();

    assertEquals(1, found.size());
    assertEquals(
        List.of(
            "client",
            "client_version",
            "template[0].annotations",
            "template[0].template[0].containers[0].image"),
        found.getFirst().group(1).lines().map(line -> line.strip().replaceAll(",$", "")).toList());
  }
}
