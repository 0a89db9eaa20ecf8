package io.github.prefectgcm.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime(InstantSource.system());
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void aPauseTakesNoTimeButTheTimePasses() throws InterruptedException {
    assertFalse(time.await(never, HOUR));
    assertEquals(HOUR.toNanos(), time.nanos());
  }

  @Test
  void aServerThatAnswersTakesNoTimeHoweverLongItTakes() throws InterruptedException {
    Optional<Future<String>> answer =
        time.ask(
            limit -> {
              var asked = new CompletableFuture<String>();
              Thread.ofPlatform().start(() -> asked.complete("yes"));
              return asked;
            },
            Duration.ofNanos(1),
            Duration.ZERO);

    assertTrue(answer.filter(Future::isDone).isPresent());
    assertEquals(0, time.nanos());
  }

  @Test
  void aSilentServerTakesAsLongAsItIsWaitedFor() throws InterruptedException {
    var asked = new CompletableFuture<String>();

    Optional<Future<String>> answer =
        time.ask(
            limit -> {
              time.silence();
              return asked;
            },
            HOUR,
            Duration.ZERO);

    assertEquals(Optional.empty(), answer);
    assertTrue(asked.isCancelled());
    assertEquals(HOUR.toNanos(), time.nanos());
  }

  /** Whoever works in one thread is not overtaken by those who only wait in others. */
  @Test
  void timePassesOnlyIfAllWait() throws Exception {
    List<String> happened = Collections.synchronizedList(new ArrayList<>());
    FutureTask<Boolean> late = pausing(Duration.ofSeconds(2), "late", happened);
    FutureTask<Boolean> early = pausing(Duration.ofSeconds(1), "early", happened);

    assertEquals(0, time.nanos());
    assertTrue(time.await(late, HOUR));
    assertTrue(time.await(early, HOUR));

    assertEquals(List.of("early", "late"), happened);
    assertEquals(Duration.ofSeconds(2).toNanos(), time.nanos());
  }

  private FutureTask<Boolean> pausing(Duration pause, String name, List<String> happened) {
    var task =
        new FutureTask<>(() -> {
          boolean opened = time.await(never, pause);
          return happened.add(name) && !opened;
        });
    time.start(name, task);
    return task;
  }
}
