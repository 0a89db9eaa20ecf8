package io.github.prefectgcm.alert;

import java.util.List;
import java.util.Map;

/**
 * What a policy looks at, in good and in bad times, and how fast it is to tell.
 *
 * @param firesAfter minutes from the first bad point on, at most
 * @param closesAfter minutes from the last bad point on, at most
 * @param labels of the incident
 */
record Scenario(
    String policy,
    List<AlertSeries> lines,
    int firesAfter,
    int closesAfter,
    Map<String, String> labels) {

  RuleCase play(String title, String times, int period) {
    var played = new RuleCase(policy, title, period);
    lines.forEach(line -> played.series(line, times));
    int end = AlertSeries.minute(times.length(), period);
    int firstBad = times.indexOf('b');
    if (firstBad < 0) {
      return played.quiet(0, end + closesAfter);
    }
    int lastBad = AlertSeries.minute(times.lastIndexOf('b'), period);
    return played
        .quiet(0, AlertSeries.minute(firstBad, period) - 1)
        .fires(AlertSeries.minute(firstBad, period) + firesAfter, lastBad, labels)
        .quiet(lastBad + closesAfter + 1, end + closesAfter + period);
  }
}
