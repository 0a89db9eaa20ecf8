package io.github.prefectgcm.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void aPointCanBeAPeriodLateOnceItsWindowIsSettled() {
    assertEquals(
        new Timing(Duration.ofMinutes(5), Duration.ofMinutes(6)),
        Timing.of(Duration.ofMinutes(5), Duration.ofMinutes(1)));
  }
}
