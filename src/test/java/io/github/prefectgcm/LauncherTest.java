package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher finds wrong. */
class LauncherTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1.8, 8", "9, 9", "17, 17", "24, 24"})
  void olderJavaIsTooOld(String version, String number) {
    assertEquals(
        Optional.of(
            "prefect-gcm needs Java 25 or later, and this is Java "
                + number
                + " ("
                + System.getProperty("java.home")
                + "); start it with the java of a newer one"),
        Launcher.tooOld(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "26", "100"})
  void newerJavaIsNot(String version) {
    assertEquals(Optional.empty(), Launcher.tooOld(version));
  }

  @Test
  void librariesHaveToLieBesideTheJar() throws IOException {
    Path jar = jar("lib/one.jar lib/two.jar");
    assertEquals(
        Optional.of(
            "lib/one.jar and 1 more are missing beside "
                + jar
                + "; copy the folder lib along with the jar"),
        Launcher.incomplete(jar));

    Files.createFile(Files.createDirectory(folder.resolve("lib")).resolve("one.jar"));
    assertEquals(
        Optional.of(
            "lib/two.jar is missing beside " + jar + "; copy the folder lib along with the jar"),
        Launcher.incomplete(jar));

    Files.createFile(folder.resolve("lib/two.jar"));
    assertEquals(Optional.empty(), Launcher.incomplete(jar));
  }

  @Test
  void whoStartsItWithoutTheJarSeesToTheLibraries() {
    assertEquals(Optional.empty(), Launcher.incomplete(folder.resolve("classes")));
  }

  private Path jar(String classPath) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path jar = folder.toAbsolutePath().resolve("job.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
