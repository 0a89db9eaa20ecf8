package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ParallelReadsTest {
  private final ParallelReads tasks = new ParallelReads(Time.real(), Runnable::run);

  @Test
  void aTaskAnswers() throws Exception {
    assertEquals("answer", ParallelReads.join(tasks.start(() -> "answer")));
  }

  @Test
  void whatATaskThrowsIsThrownToWhoWaits() {
    assertThrown(SourceException.passing("source"));
    assertThrown(StoreException.lasting("store"));
    assertThrown(new IllegalArgumentException("bug"));
    assertThrown(new StackOverflowError("deep"));
  }

  @Test
  void anyOtherExceptionIsABug() {
    ParallelRead<String> task = failing(new IOException("odd"));

    assertEquals(
        "java.util.concurrent.ExecutionException: java.io.IOException: odd",
        assertThrows(IllegalStateException.class, () -> ParallelReads.join(task)).getMessage());
  }

  @Test
  void whoIsInterruptedCancelsTheTask() {
    ParallelRead<String> never =
        new ParallelReads(Time.real(), part -> {}).start(() -> "never run");
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> ParallelReads.join(never));

    assertTrue(never.isCancelled());
  }

  private void assertThrown(Throwable failure) {
    ParallelRead<String> task = failing(failure);

    assertSame(failure, assertThrows(failure.getClass(), () -> ParallelReads.join(task)));
  }

  private ParallelRead<String> failing(Throwable failure) {
    return tasks.start(() -> {
      switch (failure) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw new AssertionError(failure);
      }
    });
  }
}
