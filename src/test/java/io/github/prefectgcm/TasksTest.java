package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TasksTest {
  private final Tasks tasks = new Tasks(Time.real(), Runnable::run);

  @Test
  void aTaskAnswers() throws Exception {
    assertEquals("answer", Tasks.join(tasks.start(() -> "answer")));
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
    Task<String> task = failing(new IOException("odd"));

    assertEquals(
        "java.util.concurrent.ExecutionException: java.io.IOException: odd",
        assertThrows(IllegalStateException.class, () -> Tasks.join(task)).getMessage());
  }

  @Test
  void whoIsInterruptedCancelsTheTask() {
    Task<String> never = new Tasks(Time.real(), part -> {}).start(() -> "never run");
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> Tasks.join(never));

    assertTrue(never.isCancelled());
  }

  private void assertThrown(Throwable failure) {
    Task<String> task = failing(failure);

    assertSame(failure, assertThrows(failure.getClass(), () -> Tasks.join(task)));
  }

  private Task<String> failing(Throwable failure) {
    return tasks.start(() -> {
      switch (failure) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw new AssertionError(failure);
      }
    });
  }
}
