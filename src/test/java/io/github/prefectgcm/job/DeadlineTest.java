package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  /** The monotonic clock starts anywhere. */
  private final AtomicLong nanos = new AtomicLong(-7_000_000_000L);

  private final Deadline deadline = new Deadline(Duration.ofSeconds(100), nanos::get);

  @Test
  void eachPartHasItsShare() {
    assertEquals(Duration.ofSeconds(80), deadline.left());
    deadline.enter(Deadline.Part.SNAPSHOT);
    assertEquals(Duration.ofSeconds(92), deadline.left());
    deadline.enter(Deadline.Part.REPORT);
    assertEquals(Duration.ofSeconds(100), deadline.left());
  }

  @Test
  void timeGoesByForAllParts() {
    pass(30);

    assertEquals(Duration.ofSeconds(30), deadline.elapsed());
    assertEquals(Duration.ofSeconds(50), deadline.left());
    assertEquals(Duration.ofMillis(12_500), deadline.left(4));
    deadline.enter(Deadline.Part.REPORT);
    assertEquals(Duration.ofSeconds(70), deadline.left());
  }

  @Test
  void aPartIsOverWhenItsShareIsUsedUpAndLeavesTimeToTheNext() {
    pass(79);
    assertFalse(deadline.isOver());
    pass(1);
    assertTrue(deadline.isOver());
    pass(5);
    assertEquals(Duration.ZERO, deadline.left());

    deadline.enter(Deadline.Part.SNAPSHOT);
    assertFalse(deadline.isOver());
    assertEquals(Duration.ofSeconds(7), deadline.left());
  }

  @Test
  void afterARequestToStopOnlyTheReportGoesOnForFiveSeconds() {
    pass(10);
    assertFalse(deadline.isStopped());

    deadline.stop(new Thread(), new ParallelReads(Time.real(), Runnable::run));

    assertTrue(deadline.isStopped());
    assertTrue(deadline.isOver());
    deadline.enter(Deadline.Part.SNAPSHOT);
    assertTrue(deadline.isOver());
    deadline.enter(Deadline.Part.REPORT);
    assertEquals(Duration.ofSeconds(5), deadline.left());
    pass(2);
    assertEquals(Duration.ofSeconds(3), deadline.left());
  }

  @Test
  void aSecondRequestGivesNoMoreTime() {
    deadline.stop(new Thread(), new ParallelReads(Time.real(), Runnable::run));
    pass(3);
    deadline.stop(new Thread(), new ParallelReads(Time.real(), Runnable::run));
    deadline.enter(Deadline.Part.REPORT);

    assertEquals(Duration.ofSeconds(2), deadline.left());
  }

  @Test
  void aLateRequestGivesNoMoreTimeThanThereWas() {
    pass(98);
    deadline.stop(new Thread(), new ParallelReads(Time.real(), Runnable::run));
    deadline.enter(Deadline.Part.REPORT);

    assertEquals(Duration.ofSeconds(2), deadline.left());
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
