package io.github.prefectgcm.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a command twice that executes the job, among {@link Surroundings}, and fails unless it
 * succeeds and its points have arrived. The command gets the settings in its environment; a
 * container gets them from the file {@code environment} in the folder, which also holds {@code
 * trust.p12}.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Arguments: a folder for keys and settings, and the command. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<String> command = List.of(arguments).subList(1, arguments.length);
    try (var surroundings = new Surroundings(folder)) {
      Files.write(
          folder.resolve("environment"),
          surroundings.environment().entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .toList());
      run(surroundings, command);
      // Now there is a past to go on from.
      surroundings.advance();
      run(surroundings, command);
    }
    System.exit(0);
  }

  /** Runs a command that executes the job once, and checks what became of it. */
  static void run(Surroundings surroundings, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(surroundings.environment());
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + " ended with exit code " + code);
    }
    System.out.println(surroundings.arrived());
  }
}
