package io.github.prefectgcm.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a command twice that executes the job, against {@link Servers}, and fails unless it succeeds
 * and its points have arrived. The command gets the settings in its environment; a container gets
 * them from the file {@code environment} in the folder, which also holds {@code trust.p12}.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Arguments: a folder for keys and settings, and the command. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<String> command = List.of(arguments).subList(1, arguments.length);
    try (var servers = new Servers(folder)) {
      Files.write(
          folder.resolve("environment"),
          servers.environment().entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .toList());
      run(servers, command);
      // Now there is a past to go on from.
      servers.advance();
      run(servers, command);
    }
    System.exit(0);
  }

  /** Runs a command that executes the job once, and checks what became of it. */
  static void run(Servers servers, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(servers.environment());
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + " ended with exit code " + code);
    }
    System.out.println(servers.arrived());
  }
}
