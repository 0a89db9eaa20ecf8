package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final Duration BACKFILL = Duration.ofMinutes(15);

  @Test
  void windowsFollowTheWatermarkWithAlignedEnds() {
    assertEquals(
        agenda(window("10:00:00", "10:05:00"), window("10:05:00", "10:10:00")),
        plan("10:00:00", "10:14:59"));
  }

  @Test
  void aWindowIsClosedOnceSettleHasPassedItsEnd() {
    assertEquals(agenda(window("10:00:00", "10:05:00")), plan("10:00:00", "10:06:00"));
  }

  @Test
  void aWindowIsOpenAMillisecondBeforeThat() {
    assertEquals(agenda(), plan("10:00:00", "10:05:59.999"));
  }

  @Test
  void nothingIsDueRightAfterAnExecution() {
    assertEquals(agenda(), plan("10:05:00", "10:06:00"));
  }

  @Test
  void aWatermarkInTheFutureLeavesNothingToDo() {
    assertEquals(agenda(), plan("10:10:00", "10:06:00"));
  }

  @Test
  void withoutAWatermarkItStartsBackfillBeforeTheNewestClosedEnd() {
    assertEquals(
        agenda(
            window("09:50:00", "09:55:00"),
            window("09:55:00", "10:00:00"),
            window("10:00:00", "10:05:00")),
        first("10:07:00", PERIOD, BACKFILL));
  }

  @Test
  void backfillIsRoundedDownToWholePeriods() {
    Duration period = Duration.ofMinutes(10);
    assertEquals(
        agenda(window("09:50:00", "10:00:00")), first("10:07:00", period, Duration.ofMinutes(19)));
  }

  @Test
  void backfillIsOnePeriodAtLeast() {
    Duration hour = Duration.ofHours(1);
    assertEquals(agenda(window("09:00:00", "10:00:00")), first("10:07:00", hour, BACKFILL));
  }

  @Test
  void afterAChangeOfPeriodTheFirstWindowReachesFromTheWatermarkToTheNextAlignedEnd() {
    assertEquals(
        agenda(window("10:02:00", "10:05:00"), window("10:05:00", "10:10:00")),
        plan("10:02:00", "10:11:00"));
  }

  @Test
  void aFirstWindowOfTenSecondsStandsAlone() {
    assertEquals(
        agenda(window("10:04:50", "10:05:00"), window("10:05:00", "10:10:00")),
        plan("10:04:50", "10:11:00"));
  }

  @Test
  void aShorterOneJoinsTheNext() {
    assertEquals(agenda(window("10:04:50.001", "10:10:00")), plan("10:04:50.001", "10:11:00"));
  }

  @Test
  void aShorterOneWaitsUntilTheNextIsClosed() {
    assertEquals(agenda(), plan("10:04:50.001", "10:10:59"));
  }

  @Test
  void theShortestPeriodMakesWindowsOfTenSeconds() {
    assertEquals(
        agenda(window("10:00:00", "10:00:10"), window("10:00:10", "10:00:20")),
        Agenda.plan(
            Optional.of(at("10:00:00")),
            at("10:00:29"),
            Duration.ofSeconds(10),
            Duration.ZERO,
            BACKFILL));
  }

  @Test
  void aDayBehindNothingIsSkippedYet() {
    Agenda agenda = plan(at("10:00:00").minus(Duration.ofDays(1)), at("10:00:00"));

    assertEquals(Duration.ZERO, agenda.skipped());
    assertEquals(at("10:00:00").minus(Duration.ofDays(1)), agenda.windows().getFirst().start());
    assertEquals(at("09:55:00"), agenda.windows().getLast().end());
    assertEquals(24 * 12 - 1, agenda.windows().size());
  }

  @Test
  void whatIsOlderThanADayIsSkippedUpToTheNextAlignedEnd() {
    Instant watermark = at("10:00:00").minus(Duration.ofDays(3));

    Agenda agenda = plan(watermark, at("10:02:00"));

    Instant floor = at("10:05:00").minus(Duration.ofDays(1));
    assertEquals(Duration.between(watermark, floor), agenda.skipped());
    assertEquals(new Window(floor, floor.plus(PERIOD)), agenda.windows().getFirst());
    assertEquals(at("10:00:00"), agenda.windows().getLast().end());
  }

  @Test
  void aMillisecondMoreThanADayIsSkippedToo() {
    Instant watermark = at("09:59:59.999").minus(Duration.ofDays(1));

    assertEquals(Duration.ofMillis(1), plan(watermark, at("10:00:00")).skipped());
  }

  @Test
  void theNextWindowIsTheOldestThatIsDue() {
    assertEquals(window("10:00:00", "10:05:00"), next("10:00:00", "10:14:59"));
  }

  @Test
  void theNextWindowMayStillBeOpen() {
    assertEquals(window("10:05:00", "10:10:00"), next("10:05:00", "10:06:00"));
    assertEquals(window("10:05:00", "10:10:00"), next("10:05:00", "10:10:59.999"));
  }

  @Test
  void theNextWindowOfAnUnevenWatermarkTakesInTheOneAfterIfItIsShort() {
    assertEquals(window("10:04:55", "10:10:00"), next("10:04:55", "10:05:00"));
  }

  @Test
  void theNextWindowFollowsAWatermarkInTheFutureToo() {
    assertEquals(window("10:30:00", "10:35:00"), next("10:30:00", "10:06:00"));
  }

  @Test
  void withoutAWatermarkTheNextWindowIsTheFirst() {
    assertEquals(
        window("09:50:00", "09:55:00"),
        Agenda.next(Optional.empty(), at("10:07:00"), PERIOD, SETTLE, BACKFILL));
  }

  @Test
  void windowsAreAdjacent() {
    List<Window> windows = plan(at("03:21:17.123"), at("10:00:00")).windows();

    for (int i = 1; i < windows.size(); i++) {
      assertEquals(windows.get(i - 1).end(), windows.get(i).start());
    }
  }

  private static Agenda plan(String watermark, String now) {
    return plan(at(watermark), at(now));
  }

  private static Agenda plan(Instant watermark, Instant now) {
    return Agenda.plan(Optional.of(watermark), now, PERIOD, SETTLE, BACKFILL);
  }

  private static Window next(String watermark, String now) {
    return Agenda.next(Optional.of(at(watermark)), at(now), PERIOD, SETTLE, BACKFILL);
  }

  private static Agenda first(String now, Duration period, Duration backfill) {
    return Agenda.plan(Optional.empty(), at(now), period, SETTLE, backfill);
  }

  private static Agenda agenda(Window... windows) {
    return new Agenda(List.of(windows), Duration.ZERO);
  }

  private static Window window(String start, String end) {
    return new Window(at(start), at(end));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-29T" + time + "Z");
  }
}
