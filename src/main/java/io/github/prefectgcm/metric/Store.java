package io.github.prefectgcm.metric;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where samples are kept, the job's only memory. Methods may be called from several threads at
 * once; they retry what is worth retrying within the time they were given. A store that never heard
 * of a metric holds no points of it. Reads may lag behind writes.
 */
public interface Store extends AutoCloseable {

  /** The newest point of one series with {@code since < end <= until}. */
  Optional<Point> newest(Series series, Instant since, Instant until) throws StoreException;

  /** The newest point of every series of a metric with {@code since < end <= until}. */
  Map<Series, Point> newest(Metric metric, Instant since, Instant until) throws StoreException;

  /**
   * Writes samples in their order, at most one a series.
   *
   * @return those that were refused; all others are written
   */
  List<Refusal> write(List<Sample> samples) throws StoreException;

  /** Ends all calls under way; they throw. */
  @Override
  void close();
}
