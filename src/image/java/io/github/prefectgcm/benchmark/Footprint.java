package io.github.prefectgcm.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a process took. Linux alone tells the last two.
 *
 * @param cpu user and system time of all its threads
 * @param peakBytes most resident memory that was seen
 */
public record Footprint(
    int exitCode, Duration wall, Optional<Duration> cpu, Optional<Long> peakBytes) {
  private static final Path OWN = Path.of("/proc/self/stat");

  /** Linux counts for user programs in hundredths of a second, whatever its own clock does. */
  private static final long TICK_MILLIS = 10;

  /** Counted after the name of the program, which may hold spaces. */
  private static final int CHILDREN_USER = 13;

  private static final int CHILDREN_SYSTEM = 14;
  private static final long SAMPLE_MILLIS = 5;

  /** Something that starts a process. */
  public interface Start {
    Process run() throws IOException;
  }

  /** Runs a process to its end; no other child of this process may end meanwhile. */
  public static Footprint of(Start start, Duration limit) throws IOException, InterruptedException {
    Optional<Duration> before = childrenTime();
    long begin = System.nanoTime();
    Process process = start.run();
    try {
      Optional<Long> peak = Optional.empty();
      while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<Long> last = peak;
        peak = peak(process).or(() -> last);
        if (System.nanoTime() - begin > limit.toNanos()) {
          throw new IOException("a process does not end within " + limit);
        }
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - begin);
      Optional<Duration> cpu = childrenTime().flatMap(now -> before.map(now::minus));
      return new Footprint(process.exitValue(), wall, cpu, peak);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The time of all children that have ended and were waited for. */
  private static Optional<Duration> childrenTime() throws IOException {
    if (!Files.isReadable(OWN)) {
      return Optional.empty();
    }
    String text = Files.readString(OWN);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
    return Optional.of(Duration.ofMillis(ticks * TICK_MILLIS));
  }

  private static Optional<Long> peak(Process process) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // Not Linux, or it has just ended.
    }
  }
}
