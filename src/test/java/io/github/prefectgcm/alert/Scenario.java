package io.github.prefectgcm.alert;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a policy looks at, in good and in bad times, and how fast it is to tell.
 *
 * @param firesAfter minutes from the first bad point on, at most
 * @param closesAfter minutes from the last bad point on, at most
 * @param labels of the incident
 */
record Scenario(
    String policy, List<Line> lines, int firesAfter, int closesAfter, Map<String, String> labels) {
  /** Starts are not on the minute: an execution may have to wait, or has much to catch up with. */
  private static final int[] DELAYS = {2, 2, 4, 2, 3};

  /**
   * A series.
   *
   * @param grows whether good and bad are what each execution adds
   */
  record Line(String metric, boolean grows, double good, double bad) {
    static Line level(String metric, double good, double bad) {
      return new Line(metric, false, good, bad);
    }

    static Line counter(String metric, double good, double bad) {
      return new Line(metric, true, good, bad);
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
  }

  /** When an execution writes its points. */
  static int minute(int execution, int period) {
    return execution * period + DELAYS[execution % DELAYS.length];
  }

  RuleCase play(String title, String times, int period) {
    var played = new RuleCase(policy, title, period);
    lines.forEach(line -> played.series(line.metric(), line.points(times, period)));
    int end = minute(times.length(), period);
    int firstBad = times.indexOf('b');
    if (firstBad < 0) {
      return played.quiet(0, end + closesAfter);
    }
    int lastBad = minute(times.lastIndexOf('b'), period);
    return played
        .quiet(0, minute(firstBad, period) - 1)
        .fires(minute(firstBad, period) + firesAfter, lastBad, labels)
        .quiet(lastBad + closesAfter + 1, end + closesAfter + period);
  }
}
