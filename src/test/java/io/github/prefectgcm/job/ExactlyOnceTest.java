package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong, every run is counted exactly once. {@code -Dexactly-once.seed=N} replays one
 * schedule, {@code -Dexactly-once.schedules=N} plays more of them.
 */
class ExactlyOnceTest {

  @Test
  void everyRunIsCountedOnceWhateverGoesWrong() throws Exception {
    Long seed = Long.getLong("exactly-once.seed");
    if (seed != null) {
      Schedule.play(seed);
      return;
    }
    long schedules = Long.getLong("exactly-once.schedules", 2_000);
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(8)) {
      LongStream.range(0, schedules)
          .forEach(each ->
              threads.execute(() -> {
                try {
                  Schedule.play(each);
                } catch (AssertionError | RuntimeException e) {
                  failures.add(String.valueOf(e.getMessage()));
                }
              }));
    }
    System.out.printf(
        "exactly once: %d schedules in %d s%n",
        schedules, (System.nanoTime() - start) / 1_000_000_000);
    failures.stream().limit(3).forEach(System.out::println);
    assertEquals(
        List.of(), failures.stream().map(text -> text.lines().findFirst()).limit(20).toList());
  }
}
