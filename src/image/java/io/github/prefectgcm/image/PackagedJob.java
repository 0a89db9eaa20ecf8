package io.github.prefectgcm.image;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The packaged jar as a process of its own, on the JVM that runs the tests. */
public final class PackagedJob {
  public static final Path JAR = Path.of("target", "prefect-gcm.jar");
  static final List<String> QUIET =
      List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  /** Starts quickly, which matters more here than how fast it is later. */
  public static final List<String> QUICK =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  /** All that a process inherits, so that no setting of the caller's gets through. */
  private static final Set<String> INHERITED = Set.of("PATH", "TMPDIR", "SystemRoot", "TEMP");

  private PackagedJob() {}

  /** Starts an execution; all it says goes to {@code output}. */
  public static Process start(List<String> flags, Map<String, String> settings, Path output)
      throws IOException {
    var arguments = new ArrayList<>(QUIET);
    arguments.addAll(flags);
    arguments.addAll(List.of("-jar", JAR.toString()));
    return java(arguments, settings, output);
  }

  /** Starts a JVM. */
  static Process java(List<String> arguments, Map<String, String> environment, Path output)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return process(command, environment, output);
  }

  /** Starts any program. */
  public static Process process(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** The exit code that the summary tells, the last line of an execution with JSON as format. */
  public static int toldExitCode(Path output) throws IOException {
    String last = Files.readAllLines(output).stream().reduce("", (before, line) -> line);
    try {
      return JsonParser.parseString(last).getAsJsonObject().get("exit_code").getAsInt();
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new AssertionError("no summary line but: " + last, e);
    }
  }
}
