package io.github.prefectgcm.embedded.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a point of a cumulative series added, and over which time: after start, up to end. */
public record PointIncrement(Instant start, Instant end, CumulativeAmount added) {

  /**
   * As <a
   * href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#aligner">
   * ALIGN_DELTA</a> sees them: a point with the start of the one before adds the difference, a
   * point with a new start adds its whole value since that start.
   *
   * @param points oldest first
   */
  public static List<PointIncrement> byStartTime(List<StoredPoint> points) {
    var increments = new ArrayList<PointIncrement>();
    for (int i = 0; i < points.size(); i++) {
      StoredPoint point = points.get(i);
      boolean goesOn = i > 0 && points.get(i - 1).start().equals(point.start());
      increments.add(
          goesOn
              ? new PointIncrement(
                  points.get(i - 1).end(),
                  point.end(),
                  CumulativeAmount.of(point).minus(CumulativeAmount.of(points.get(i - 1))))
              : new PointIncrement(point.start(), point.end(), CumulativeAmount.of(point)));
    }
    return increments;
  }

  /**
   * As an engine sees them that knows no start times, such as <a
   * href="https://prometheus.io/docs/prometheus/latest/querying/functions/#increase">PromQL</a>: a
   * counter was reset where its value falls. The count, the sum and each bucket of a distribution
   * are counters of their own. The first point counts from 0 since its start; PromQL itself would
   * not count it at all.
   *
   * @param points oldest first
   */
  public static List<PointIncrement> byValue(List<StoredPoint> points) {
    var increments = new ArrayList<PointIncrement>();
    CumulativeAmount last = CumulativeAmount.NOTHING;
    for (StoredPoint point : points) {
      CumulativeAmount amount = CumulativeAmount.of(point);
      Instant since = increments.isEmpty() ? point.start() : increments.getLast().end();
      increments.add(new PointIncrement(since, point.end(), amount.sinceByValue(last)));
      last = amount;
    }
    return increments;
  }

  /** All of them together. */
  public static CumulativeAmount total(List<PointIncrement> increments) {
    return increments.stream()
        .map(PointIncrement::added)
        .reduce(CumulativeAmount.NOTHING, CumulativeAmount::plus);
  }
}
