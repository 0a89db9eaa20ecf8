package io.github.prefectgcm.ledger;

import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The closed windows that an execution has to handle, oldest first.
 *
 * @param windows adjacent; empty if nothing is due
 * @param skipped time that can no longer be written and was left out; zero if none
 */
public record Agenda(List<Window> windows, Duration skipped) {
  /**
   * How far back windows are handled: Cloud Monitoring refuses points that are older than <a
   * href="https://cloud.google.com/monitoring/api/ref_v3/rpc/google.monitoring.v3#timeinterval">25
   * hours</a>; an hour is left for the execution itself.
   */
  static final Duration REACH = Duration.ofHours(24);

  /** A shorter window joins the next one: points of a series need some seconds between them. */
  static final Duration SHORTEST = Duration.ofSeconds(10);

  public Agenda {
    windows = List.copyOf(windows);
  }

  /**
   * Plans the windows after the watermark, all closed ones.
   *
   * @param watermark end of the newest window that was handled whole
   * @param now the reference clock
   * @param period window length; ends are aligned to it
   * @param settle a window is closed once this much time has passed since its end
   * @param backfill how far back to start without a watermark
   */
  public static Agenda plan(
      Optional<Instant> watermark,
      Instant now,
      Duration period,
      Duration settle,
      Duration backfill) {
    Instant newest = floor(now.minus(settle), period);
    if (watermark.isEmpty()) {
      Duration back = period.multipliedBy(Math.max(1, backfill.dividedBy(period)));
      return new Agenda(windows(newest.minus(back), newest, period), Duration.ZERO);
    }
    Instant floor = ceiling(now.minus(REACH), period);
    if (watermark.get().isBefore(floor)) {
      return new Agenda(windows(floor, newest, period), Duration.between(watermark.get(), floor));
    }
    return new Agenda(windows(watermark.get(), newest, period), Duration.ZERO);
  }

  /** The first window after the watermark, closed or not; the other parameters are as above. */
  public static Window next(
      Optional<Instant> watermark,
      Instant now,
      Duration period,
      Duration settle,
      Duration backfill) {
    List<Window> due = plan(watermark, now, period, settle, backfill).windows();
    if (!due.isEmpty()) {
      return due.getFirst();
    }
    // Two periods on it is closed, even one that takes in the next, or a watermark ahead of now.
    Instant from = watermark.filter(now::isBefore).orElse(now);
    Instant later = from.plus(settle).plus(period).plus(period);
    return plan(watermark, later, period, settle, backfill).windows().getFirst();
  }

  private static List<Window> windows(Instant start, Instant newest, Duration period) {
    var windows = new ArrayList<Window>();
    Instant from = start;
    Instant end = floor(start, period).plus(period);
    if (Duration.between(from, end).compareTo(SHORTEST) < 0) {
      end = end.plus(period);
    }
    while (!end.isAfter(newest)) {
      windows.add(new Window(from, end));
      from = end;
      end = end.plus(period);
    }
    return windows;
  }

  private static Instant floor(Instant time, Duration period) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }

  private static Instant ceiling(Instant time, Duration period) {
    Instant floor = floor(time, period);
    return floor.equals(time) ? floor : floor.plus(period);
  }
}
