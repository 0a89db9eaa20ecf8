package io.github.prefectgcm.benchmark;

import io.github.prefectgcm.image.PackagedJob;
import io.github.prefectgcm.image.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the container image runs, made as its Dockerfile does, and the {@link BareClient} in the
 * same runtime, with the same flags and an AOT cache of its own.
 */
record ImageRuntime(Path application, Path recording) {
  private static final Path CLASSES = Path.of("target", "test-classes");

  /** Makes it anew, untrained as far as the bare client goes. */
  static ImageRuntime make(Path application, Path recording) throws Exception {
    Path folder = application.toAbsolutePath();
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(file);
        }
      }
    }
    Path output = Files.createTempFile("assemble", "");
    Process assembly =
        PackagedJob.process(
            List.of("src/image/assemble", folder.toString()),
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            output);
    if (assembly.waitFor() != 0) {
      throw new IOException(Files.readString(output));
    }
    Files.delete(output);
    Training.run(folder);
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                folder.resolve("bare.jar").toString(),
                "-C",
                CLASSES.toString(),
                ".");
    if (code != 0) {
      throw new IOException("no jar of the bare client");
    }
    return new ImageRuntime(folder, recording);
  }

  /** As the image's entry point. */
  List<String> job() {
    return Training.command(
        application, List.of("-XX:AOTCache=" + application.resolve("prefect-gcm.aot")));
  }

  List<String> bareClient() throws IOException {
    return bareClient(List.of("-XX:AOTCache=" + cache()));
  }

  /** The bare client as its AOT cache is trained; it wants the settings of a secure execution. */
  List<String> bareClientInTraining() throws IOException {
    return bareClient(Training.recording(cache()));
  }

  private Path cache() {
    return application.resolve("bare.aot");
  }

  private List<String> bareClient(List<String> cache) throws IOException {
    var command = new ArrayList<String>();
    command.add(application.resolve("jre/bin/java").toString());
    command.addAll(cache);
    Files.readAllLines(application.resolve("arguments")).stream()
        .filter(line -> line.startsWith("-") && !line.startsWith("-jar"))
        .forEach(command::add);
    try (var libraries = Files.list(application.resolve("lib"))) {
      String classPath =
          Stream.concat(Stream.of(application.resolve("bare.jar")), libraries.sorted())
              .map(Path::toString)
              .collect(Collectors.joining(":"));
      command.addAll(List.of("-cp", classPath));
    }
    command.addAll(List.of(BareClient.class.getName(), recording.toString()));
    return command;
  }
}
