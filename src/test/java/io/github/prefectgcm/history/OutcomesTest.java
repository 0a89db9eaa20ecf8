package io.github.prefectgcm.history;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final List<FinalState> STATES = List.of(FinalState.values());
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

  @Test
  void nothingHappenedAtFirst() {
    assertEquals(new Outcomes(Optional.empty(), 0), Outcomes.NONE);
  }

  @Test
  void failuresAndCrashesAfterTheLastSuccessMakeTheStreak() {
    Outcomes outcomes =
        Outcomes.NONE
            .withEarlier(run(FinalState.FAILED, 4))
            .withEarlier(run(FinalState.CRASHED, 3))
            .withEarlier(run(FinalState.COMPLETED, 2))
            .withEarlier(run(FinalState.FAILED, 1))
            .withEarlier(run(FinalState.COMPLETED, 0));

    assertEquals(new Outcomes(Optional.of(NOON.plusSeconds(2)), 2), outcomes);
  }

  @Test
  void aCancelledRunNeitherAddsToTheStreakNorEndsIt() {
    Outcomes outcomes =
        Outcomes.NONE
            .withEarlier(run(FinalState.CANCELLED, 3))
            .withEarlier(run(FinalState.FAILED, 2))
            .withEarlier(run(FinalState.CANCELLED, 1));

    assertEquals(new Outcomes(Optional.empty(), 1), outcomes);
  }

  @Test
  void ofTwoRunsThatEndedTogetherTheFailureIsTheLater() {
    var failureThenSuccess =
        Outcomes.NONE
            .withEarlier(run(FinalState.FAILED, 1))
            .withEarlier(run(FinalState.COMPLETED, 1));
    var successThenFailure =
        Outcomes.NONE
            .withEarlier(run(FinalState.COMPLETED, 1))
            .withEarlier(run(FinalState.FAILED, 1));

    assertEquals(new Outcomes(Optional.of(NOON.plusSeconds(1)), 1), failureThenSuccess);
    assertEquals(failureThenSuccess, successThenFailure);
  }

  @Test
  void aLaterSuccessMakesWhatWasBeforeForgotten() {
    var earlier = new Outcomes(Optional.of(NOON), 7);
    var later = new Outcomes(Optional.of(NOON.plusSeconds(9)), 1);

    assertEquals(later, earlier.then(later));
  }

  @Test
  void withoutALaterSuccessStreaksAddUp() {
    var earlier = new Outcomes(Optional.of(NOON), 7);
    var later = new Outcomes(Optional.empty(), 2);

    assertEquals(new Outcomes(Optional.of(NOON), 9), earlier.then(later));
  }

  /** Any history, cut anywhere, read newest first, comes to what telling it in order comes to. */
  @Test
  void readingBackwardsInPiecesEqualsTellingInOrder() {
    var random = new Random(11);
    for (int trial = 0; trial < 2_000; trial++) {
      var runs = new ArrayList<FinishedRun>();
      for (int i = random.nextInt(12); i > 0; i--) {
        // Few instants, so that many runs end together.
        runs.add(run(STATES.get(random.nextInt(STATES.size())), random.nextInt(8)));
      }
      Instant cut = NOON.plusSeconds(random.nextInt(9));
      Collections.shuffle(runs, random);
      Outcomes early = backwards(runs.stream().filter(run -> run.endTime().isBefore(cut)).toList());
      Outcomes late = backwards(runs.stream().filter(run -> !run.endTime().isBefore(cut)).toList());

      assertEquals(inOrder(runs), early.then(late), () -> "cut at " + cut + ": " + runs);
    }
  }

  private static Outcomes backwards(List<FinishedRun> runs) {
    Outcomes outcomes = Outcomes.NONE;
    for (FinishedRun run :
        runs.stream().sorted(comparing(FinishedRun::endTime).reversed()).toList()) {
      outcomes = outcomes.withEarlier(run);
    }
    return outcomes;
  }

  private static Outcomes inOrder(List<FinishedRun> runs) {
    Optional<Instant> lastSuccess = Optional.empty();
    long failures = 0;
    var ordered = new ArrayList<>(runs);
    ordered.sort(
        comparing(FinishedRun::endTime).thenComparing(run -> run.state() != FinalState.COMPLETED));
    for (FinishedRun run : ordered) {
      switch (run.state()) {
        case COMPLETED -> {
          lastSuccess = Optional.of(run.endTime());
          failures = 0;
        }
        case FAILED, CRASHED -> failures++;
        case CANCELLED -> {}
      }
    }
    return new Outcomes(lastSuccess, failures);
  }

  private static FinishedRun run(FinalState state, int second) {
    return new FinishedRun(
        new Origin("etl", "nightly", "k8s"), state, 1, Duration.ZERO, NOON.plusSeconds(second));
  }
}
