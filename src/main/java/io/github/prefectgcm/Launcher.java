package io.github.prefectgcm;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * Where {@code java -jar} begins. It is compiled for Java 8 and knows no library: a Java that is
 * too old, and a jar without its libraries, are told in a sentence instead of a stack.
 */
final class Launcher {
  private static final int LEAST = 25;
  private static final int BROKEN = 2;

  private Launcher() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Optional<String> problem = tooOld(System.getProperty("java.specification.version"));
    if (!problem.isPresent()) {
      problem = incomplete(Paths.get(System.getProperty("java.class.path")));
    }
    if (problem.isPresent()) {
      System.err.println("error: " + problem.get());
      System.exit(BROKEN);
    }
    quieten();
    // By its name, as what is compiled for Java 8 cannot be compiled against it.
    Class.forName("io.github.prefectgcm.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /**
   * What is wrong with this version of Java.
   *
   * @param version as the specification counts them, such as 1.8 and 17
   */
  static Optional<String> tooOld(String version) {
    String number = version.startsWith("1.") ? version.substring(2) : version;
    return Integer.parseInt(number) >= LEAST
        ? Optional.empty()
        : Optional.of(
            "prefect-gcm needs Java "
                + LEAST
                + " or later, and this is Java "
                + number
                + " ("
                + System.getProperty("java.home")
                + "); start it with the java of a newer one");
  }

  /** What of the libraries that the jar names is not where it looks for them. */
  static Optional<String> incomplete(Path jar) {
    String missing = "";
    int count = 0;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String library :
          file.getManifest().getMainAttributes().getValue("Class-Path").split(" ", -1)) {
        if (!Files.exists(jar.resolveSibling(library))) {
          missing = count == 0 ? library : missing;
          count++;
        }
      }
    } catch (IOException e) {
      // Started in another way than by the jar.
      return Optional.empty();
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            missing
                + (count == 1 ? " is" : " and " + (count - 1) + " more are")
                + " missing beside "
                + jar.toAbsolutePath()
                + "; copy the folder lib along with the jar");
  }

  /**
   * Keeps the JVM from warning of what protobuf does, which nobody who runs the job can change.
   * There is a flag for it, but no line of the manifest.
   */
  private static void quieten() {
    try {
      Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
      warned.setAccessible(true);
      warned.setBoolean(null, true);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another JVM: it warns, or it has nothing to warn of.
    }
  }
}
