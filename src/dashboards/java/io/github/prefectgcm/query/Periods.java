package io.github.prefectgcm.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The time that is looked at, cut into periods of one length that end when it does. */
record Periods(Instant from, Instant to, Duration length) {

  /** A period, its start not included. */
  record Period(Instant start, Instant end) {
    boolean contains(Instant time) {
      return time.isAfter(start) && !time.isAfter(end);
    }

    /** The part of another stretch of time that lies within. */
    double shareOf(Instant otherStart, Instant otherEnd) {
      Instant first = start.isAfter(otherStart) ? start : otherStart;
      Instant last = end.isBefore(otherEnd) ? end : otherEnd;
      return first.isBefore(last) ? (double) millis(first, last) / millis(otherStart, otherEnd) : 0;
    }

    private static long millis(Instant one, Instant other) {
      return Duration.between(one, other).toMillis();
    }
  }

  /** All of them, oldest first; what does not fill one at the beginning is left out. */
  List<Period> all() {
    var periods = new ArrayList<Period>();
    for (Instant end = to; !end.minus(length).isBefore(from); end = end.minus(length)) {
      periods.addFirst(new Period(end.minus(length), end));
    }
    return periods;
  }
}
