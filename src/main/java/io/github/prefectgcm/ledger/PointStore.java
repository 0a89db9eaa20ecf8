package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where samples are kept, the job's only memory. Methods may be called from several threads at
 * once; they retry what is worth retrying within the time they were given. A store that never heard
 * of a metric holds no points of it. Reads may lag behind writes.
 */
public interface PointStore extends AutoCloseable {

  /** The newest point of one series with {@code since < end <= until}. */
  Optional<Point> newest(Series series, Instant since, Instant until) throws StoreException;

  /** The newest point of every series of a metric with {@code since < end <= until}. */
  Map<Series, Point> newest(Metric metric, Instant since, Instant until) throws StoreException;

  /**
   * Writes samples that do not depend on each other, at most one a series.
   *
   * @return those that were refused; all others are written
   */
  default List<Refusal> write(List<Sample> samples) throws StoreException {
    return writeGroups(samples.stream().map(List::of).toList());
  }

  /**
   * Writes a set of samples, at most one a series, which is complete when this returns. Those of a
   * group go out in one request, so that they are there together or not at all; a store may have to
   * split a group that is larger than its requests can be. Groups are written in their order.
   *
   * @return those that were refused; all others are written
   */
  List<Refusal> writeGroups(List<List<Sample>> groups) throws StoreException;

  /** Ends all calls under way; they throw. */
  @Override
  void close();
}
