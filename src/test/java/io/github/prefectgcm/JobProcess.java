package io.github.prefectgcm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The job in a process of its own, with the real clock and the environment that only it can have.
 */
public final class JobProcess {
  private JobProcess() {}

  public static ProcessBuilder of(Map<String, String> environment, String... arguments) {
    return of(List.of(), environment, arguments);
  }

  /** The same with flags for the JVM. */
  public static ProcessBuilder of(
      List<String> flags, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(
        List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(
            name -> name.toLowerCase(Locale.ROOT).endsWith("proxy") || name.startsWith("GOOGLE_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
