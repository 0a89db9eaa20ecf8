package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.image.PackagedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever types {@code java -jar} sees, whichever Java that is. */
class LauncherIT {
  @TempDir private Path folder;

  @Test
  void anExecutionSaysNothingOfTheJvm() throws IOException, InterruptedException {
    try (var site = new Site()) {
      site.now = Instant.now();
      Path output = folder.resolve("output");
      Process job =
          PackagedJob.process(
              List.of(java(Path.of(System.getProperty("java.home"))), "-jar", jar()),
              site.environment,
              output);

      assertEquals(0, job.waitFor(), Files.readString(output));
      assertTrue(site.newest("exporter/up", Map.of()).isPresent());
      assertEquals(1, Files.readAllLines(output).size(), Files.readString(output));
    }
  }

  @Test
  void aJarWithoutLibrariesIsToldInASentence() throws IOException, InterruptedException {
    Path alone = Files.copy(PackagedJob.JAR, folder.resolve("prefect-gcm.jar"));

    String said =
        refused(
            List.of(
                java(Path.of(System.getProperty("java.home"))), "-jar", alone.toString(), "check"));

    assertTrue(
        said.matches(
            "error: lib/\\S+\\.jar and \\d+ more are missing beside \\S+prefect-gcm\\.jar; copy the"
                + " folder lib along with the jar\n"),
        said);
  }

  @Test
  void anOlderJavaIsToldInASentence() throws IOException, InterruptedException {
    Optional<Path> older = older();
    boolean required = Boolean.parseBoolean(System.getenv("OLDER_JAVA_REQUIRED"));
    Assumptions.assumeTrue(required || older.isPresent(), "no JDK older than 25 is installed");

    String said = refused(List.of(java(older.orElseThrow()), "-jar", jar()));

    assertTrue(
        said.matches(
            "error: prefect-gcm needs Java 25 or later, and this is Java \\d+ \\(.*\\); start it"
                + " with the java of a newer one\n"),
        said);
  }

  private String refused(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process job = PackagedJob.process(command, Map.of(), output);
    int code = job.waitFor();
    String said = Files.readString(output);
    assertEquals(2, code, said);
    return said.replace("\r\n", "\n");
  }

  private static String jar() {
    return PackagedJob.JAR.toString();
  }

  private static String java(Path home) {
    return home.resolve("bin").resolve("java").toString();
  }

  /**
   * Looks where Linux and macOS have them, and the variables that tools for several of them set.
   */
  private static Optional<Path> older() throws IOException {
    var homes = new ArrayList<Path>();
    for (String variable : List.of("JAVA_HOME", "JAVA_HOME_17_X64", "JAVA_HOME_21_X64")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(homes::add);
    }
    for (Path root :
        List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines"))) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> installed = Files.list(root)) {
          installed
              .flatMap(home -> Stream.of(home, home.resolve("Contents").resolve("Home")))
              .sorted(Comparator.naturalOrder())
              .forEach(homes::add);
        }
      }
    }
    for (Path home : homes) {
      if (isOlder(home)) {
        return Optional.of(home);
      }
    }
    return Optional.empty();
  }

  private static boolean isOlder(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(Path.of(java(home)))) {
      return false;
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.startsWith("JAVA_VERSION="))
        .map(line -> line.replaceAll("[^0-9.]", ""))
        .map(version -> version.startsWith("1.") ? version.substring(2) : version)
        .map(version -> Integer.parseInt(version.split("\\.", -1)[0]))
        .anyMatch(version -> version < 25);
  }
}
