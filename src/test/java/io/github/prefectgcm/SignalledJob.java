package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.image.PackagedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** An execution of the packaged jar that a signal may end. */
final class SignalledJob implements AutoCloseable {
  /** Cloud Run kills that long after SIGTERM. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;

  private final Process process;
  private final Path output;
  private final long start = System.nanoTime();
  private volatile boolean killed;
  private volatile OptionalLong terminated = OptionalLong.empty();

  private SignalledJob(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static SignalledJob start(Map<String, String> settings, Path output) throws IOException {
    return new SignalledJob(PackagedJob.start(PackagedJob.QUICK, settings, output), output);
  }

  /** Sends SIGKILL; when this returns, the process can do nothing any more. */
  void kill() {
    if (process.isAlive()) {
      killed = true;
      process.destroyForcibly().onExit().join();
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    if (process.isAlive()) {
      terminated = OptionalLong.of(System.nanoTime());
      process.destroy();
    }
  }

  boolean isKilled() {
    return killed;
  }

  boolean isTerminated() {
    return terminated.isPresent();
  }

  /** Waits for the end and checks that it was a proper one; returns the exit code. */
  int await() throws IOException, InterruptedException {
    assertTrue(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS), "does not end");
    long end = System.nanoTime();
    int code = process.exitValue();
    if (killed && code == KILLED) {
      return code;
    }
    terminated.ifPresent(asked ->
        assertTrue(end - asked < GRACE.toNanos(), "takes longer to end than Cloud Run waits"));
    if (terminated.isPresent() && code == TERMINATED) {
      // The JVM was not yet that far that it could have been told; it may say so itself.
      String text = said();
      assertTrue(text.isEmpty() || text.startsWith("Runtime.exit(143) logging failed"), text);
      return code;
    }
    assertTrue(code == ExitCode.DONE || code == ExitCode.AGAIN, () -> "exit code " + code);
    assertEquals(
        code, PackagedJob.toldExitCode(output), "the summary line does not tell the exit code");
    return code;
  }

  /** From the start until now. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  String said() throws IOException {
    return Files.readString(output).strip().replace("\n", " | ");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
