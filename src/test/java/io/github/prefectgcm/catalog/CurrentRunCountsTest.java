package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.SmallWorkspace.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.prefectgcm.catalog.CurrentRunCounts.Crowd;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurrentRunCountsTest {
  private static final Instant TOO_LATE = NOON.minusSeconds(15).minusMillis(1);

  private final CurrentRunCounts runs = new CurrentRunCounts(NOON);

  @Test
  void runsAreCountedByPoolAndStateSinceTheFirstOfThem() {
    runs.accept(run("k8s", CurrentState.RUNNING, NOON.minusSeconds(50)));
    runs.accept(run("k8s", CurrentState.RUNNING, NOON.minusSeconds(90)));
    runs.accept(run("k8s", CurrentState.RUNNING, NOON.minusSeconds(70)));
    runs.accept(run("gpu", CurrentState.PENDING, NOON.minusSeconds(10)));

    assertEquals(new Crowd(3, NOON.minusSeconds(90)), runs.in("k8s", CurrentState.RUNNING));
    assertEquals(new Crowd(1, NOON.minusSeconds(10)), runs.in("gpu", CurrentState.PENDING));
    assertEquals(new Crowd(0, NOON), runs.in("gpu", CurrentState.RUNNING));
    assertEquals(Set.of("gpu", "k8s"), runs.workPoolNames());
  }

  @Test
  void placesDifferInPoolAndState() {
    var place = new CurrentRunCounts.Place("k8s", CurrentState.RUNNING);

    assertEquals(place, new CurrentRunCounts.Place("k8s", CurrentState.RUNNING));
    assertNotEquals(place, new CurrentRunCounts.Place("gpu", CurrentState.RUNNING));
    assertNotEquals(place, new CurrentRunCounts.Place("k8s", CurrentState.PENDING));
  }

  @ParameterizedTest
  @EnumSource(names = {"DUE", "LATE", "AWAITING_RETRY", "AWAITING_CONCURRENCY_SLOT", "PENDING"})
  void aRunThatWaitsIsLateMoreThanFifteenSecondsAfterItsTime(CurrentState state) {
    runs.accept(new CurrentRun("k8s", "", "", state, false, TOO_LATE, NOON));
    runs.accept(new CurrentRun("k8s", "", "", state, false, TOO_LATE.minusSeconds(60), NOON));
    runs.accept(new CurrentRun("k8s", "", "", state, false, TOO_LATE.plusMillis(1), NOON));

    assertEquals(new Crowd(2, TOO_LATE.minusSeconds(60)), runs.late("k8s"));
    assertEquals(3, runs.in("k8s", state).count());
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "PAUSED", "CANCELLING"})
  void aRunThatDoesNotWaitIsNotLate(CurrentState state) {
    runs.accept(new CurrentRun("k8s", "", "", state, false, TOO_LATE, NOON));

    assertEquals(new Crowd(0, NOON), runs.late("k8s"));
  }

  @Test
  void aRunThatOnceStartedIsNotLate() {
    runs.accept(new CurrentRun("k8s", "", "", CurrentState.AWAITING_RETRY, true, TOO_LATE, NOON));

    assertEquals(new Crowd(0, NOON), runs.late("k8s"));
  }

  private static CurrentRun run(String pool, CurrentState state, Instant since) {
    return new CurrentRun(pool, "", "", state, true, NOON, since);
  }
}
