package io.github.prefectgcm.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

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
    Path cache = application.resolve("prefect-gcm.aot");
    Path keys = Files.createTempDirectory("training");
    try (var servers = new Servers(keys)) {
      String trust = "-Djavax.net.ssl.trustStore=" + servers.trustStore();
      // The first execution is none like the others: there is nothing to read back yet.
      Rehearsal.run(servers, command(application, List.of(trust)));
      servers.advance();
      var recording = new ArrayList<>(recording(cache));
      recording.add(trust);
      Rehearsal.run(servers, command(application, recording));
      servers.advance();
      List<String> strict = List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on", trust);
      Rehearsal.run(servers, command(application, strict));
    }
    try (var files = Files.list(keys)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(keys);
  }

  /**
   * Flags that make a cache. It has no profiles of methods: what the JVM would compile for them at
   * its start costs a process of half a second more than it brings.
   */
  public static List<String> recording(Path cache) {
    return List.of(
        "-XX:AOTCacheOutput=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");
  }

  /** How the image starts the job, with some flags in front. */
  public static List<String> command(Path application, List<String> flags) {
    var command = new ArrayList<String>();
    command.add(application.resolve("jre/bin/java").toString());
    command.addAll(flags);
    command.add("@" + application.resolve("arguments"));
    return command;
  }
}
