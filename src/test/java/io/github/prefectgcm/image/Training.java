package io.github.prefectgcm.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of an application folder as the container image has it: executes the job as
 * in production, records what it loads, and checks that the cache is taken.
 */
public final class Training {
  private Training() {}

  /** Argument: a folder that {@code src/image/assemble} made. */
  public static void main(String[] arguments) throws Exception {
    run(Path.of(arguments[0]).toAbsolutePath());
    System.exit(0);
  }

  public static void run(Path application)
      throws IOException, GeneralSecurityException, InterruptedException {
    String cache = application.resolve("prefect-gcm.aot").toString();
    Path keys = Files.createTempDirectory("training");
    try (var surroundings = new Surroundings(keys)) {
      String trust = "-Djavax.net.ssl.trustStore=" + surroundings.trustStore();
      // The first execution is none like the others: there is nothing to read back yet.
      Rehearsal.run(surroundings, command(application, trust));
      surroundings.advance();
      Rehearsal.run(surroundings, command(application, trust, "-XX:AOTCacheOutput=" + cache));
      surroundings.advance();
      Rehearsal.run(
          surroundings, command(application, trust, "-XX:AOTMode=on", "-XX:AOTCache=" + cache));
    }
    try (var files = Files.list(keys)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(keys);
  }

  /** How the image starts the job, with some flags in front. */
  public static List<String> command(Path application, String... flags) {
    var command = new ArrayList<String>();
    command.add(application.resolve("jre/bin/java").toString());
    command.addAll(Stream.of(flags).toList());
    command.add("@" + application.resolve("arguments"));
    return command;
  }
}
