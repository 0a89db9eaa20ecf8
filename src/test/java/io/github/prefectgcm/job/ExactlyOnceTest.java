package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong, every run is counted exactly once. {@code -Dexactly-once.seed=N} replays one
 * schedule, {@code -Dexactly-once.schedules=N} plays more of them, as {@code -Pthorough} does.
 */
class ExactlyOnceTest {

  @Test
  void everyRunIsCountedOnceWhateverGoesWrong() throws Exception {
    Long seed = Long.getLong("exactly-once.seed");
    if (seed != null) {
      Schedule.play(seed);
      return;
    }
    long[] seeds = seeds(Integer.getInteger("exactly-once.schedules", 200));
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    var played = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (long each : seeds) {
        threads.execute(() -> {
          try {
            Schedule.play(each);
          } catch (AssertionError | RuntimeException e) {
            failures.add(String.valueOf(e.getMessage()));
          }
          tell(played.incrementAndGet(), seeds.length);
        });
      }
    }
    failures.stream().limit(3).forEach(System.out::println);
    assertEquals(
        List.of(), failures.stream().map(text -> text.lines().findFirst()).limit(20).toList());
  }

  /** The first ones, and those that are known to notice a broken rule. */
  private static long[] seeds(int schedules) {
    return LongStream.concat(
            LongStream.range(0, schedules),
            MutantsTest.mutants().mapToLong(MutantsTest.Mutant::first))
        .distinct()
        .toArray();
  }

  /** Says a line every tenth of the way. */
  private static void tell(int played, int all) {
    if (played * 10L / all > (played - 1) * 10L / all) {
      System.out.printf("exactly once: %d of %d schedules%n", played, all);
    }
  }
}
