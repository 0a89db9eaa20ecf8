package io.github.prefectgcm.alert;

import java.util.Map;
import java.util.TreeMap;

/**
 * A series of the job, in good times and in bad ones.
 *
 * @param metric with its own labels
 * @param grows whether good and bad are what each execution adds
 */
record AlertSeries(String metric, boolean grows, double good, double bad) {
  /** Starts are not on the minute: an execution may have to wait, or has much to catch up with. */
  private static final int[] DELAYS = {2, 2, 4, 2, 3};

  static AlertSeries level(String metric, double good, double bad) {
    return new AlertSeries(metric, false, good, bad);
  }

  static AlertSeries counter(String metric, double good, double bad) {
    return new AlertSeries(metric, true, good, bad);
  }

  /**
   * The points of executions that go one after another.
   *
   * @param times {@code g} a good one, {@code b} a bad one, {@code -} none
   */
  Map<Integer, Double> points(String times, int period) {
    var points = new TreeMap<Integer, Double>();
    double total = 0;
    double added = good;
    for (int i = 0; i < times.length(); i++) {
      char time = times.charAt(i);
      added = time == 'g' ? good : time == 'b' ? bad : added;
      total += added;
      if (time != '-') {
        points.put(minute(i, period), grows ? total : added);
      }
    }
    return points;
  }

  /** When an execution writes its points. */
  static int minute(int execution, int period) {
    return execution * period + DELAYS[execution % DELAYS.length];
  }
}
