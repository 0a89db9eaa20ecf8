package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However the process ends, every run is counted exactly once. {@code -Dkilled-job.seed=N} plays
 * one schedule again, {@code -Dkilled-job.schedules=N} plays more of them.
 */
@Tag("thorough")
class KilledJobIT {
  /** The embedded server's, which tells of every connection that a killed process leaves. */
  private static final Logger DISCONNECTIONS =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

  @TempDir private Path folder;

  @BeforeAll
  static void expectDisconnections() {
    DISCONNECTIONS.setLevel(Level.OFF);
  }

  @Test
  void everyRunIsCountedOnceHoweverTheProcessEnds() throws Exception {
    var sums = new KilledSchedule.Sums();
    Long seed = Long.getLong("killed-job.seed");
    if (seed != null) {
      KilledSchedule.play(seed, folder, sums);
      return;
    }
    long schedules = Long.getLong("killed-job.schedules", 25);
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(2)) {
      LongStream.range(0, schedules)
          .forEach(each ->
              threads.execute(() -> {
                try {
                  KilledSchedule.play(each, folder.resolve("schedule-" + each), sums);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (AssertionError | RuntimeException | IOException e) {
                  failures.add("schedule " + each + ": " + e.getMessage());
                }
              }));
    }
    System.out.printf(
        "killed job: %d schedules, %s executions, %s killed, %s terminated, in %d s%n",
        schedules,
        sums.executions(),
        sums.killed(),
        sums.terminated(),
        (System.nanoTime() - start) / 1_000_000_000);
    failures.stream().limit(3).forEach(System.out::println);
    assertEquals(
        List.of(), failures.stream().map(text -> text.lines().findFirst()).limit(20).toList());
    assertTrue(sums.killed().get() >= schedules / 2, "hardly anything was killed");
    assertTrue(sums.terminated().get() >= schedules / 4, "hardly anything was terminated");
  }
}
