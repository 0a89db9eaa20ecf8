package io.github.prefectgcm.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** What {@code prefect-gcm check} printed. */
public record CheckAnswer(List<String> lines) {

  /** Whatever is wrong, a check writes no point. */
  static CheckAnswer of(Site site, int exitCode) {
    var before = site.cloud.series();
    Site.Ending ending = site.command("check");
    assertEquals(exitCode, ending.code(), () -> String.join("\n", ending.lines()));
    assertEquals(before, site.cloud.series(), "it wrote a point");
    assertEquals(List.of(), site.cloud.violations());
    assertEquals(List.of(), ending.err());
    return new CheckAnswer(ending.out());
  }

  public void says(String line) {
    assertTrue(lines.contains(line), () -> line + "\nis not in\n" + String.join("\n", lines));
  }

  void begins(String line) {
    assertTrue(
        lines.stream().anyMatch(each -> each.startsWith(line)),
        () -> line + "\nis not in\n" + String.join("\n", lines));
  }

  /** A port at which nobody answers. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
