package io.github.prefectgcm.job;

import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.metric.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A store that counts what is billed of the points that it accepted. */
final class MeasuredStore implements PointStore {
  /** As Google bills them (https://cloud.google.com/stackdriver/pricing, November 2026). */
  static final long NUMBER = 8;

  private static final long DISTRIBUTION = 80;

  private final PointStore store;
  private final AtomicLong bytes = new AtomicLong();

  MeasuredStore(PointStore store) {
    this.store = store;
  }

  /** All bytes until now. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public List<Refusal> write(List<Sample> samples) throws StoreException {
    List<Refusal> refusals = store.write(samples);
    add(samples.stream(), refusals);
    return refusals;
  }

  @Override
  public List<Refusal> writeGroups(List<List<Sample>> groups) throws StoreException {
    List<Refusal> refusals = store.writeGroups(groups);
    add(groups.stream().flatMap(List::stream), refusals);
    return refusals;
  }

  private void add(Stream<Sample> sent, List<Refusal> refusals) {
    long refused = refusals.stream().mapToLong(refusal -> size(refusal.sample())).sum();
    bytes.addAndGet(sent.mapToLong(MeasuredStore::size).sum() - refused);
  }

  private static long size(Sample sample) {
    return sample.series().metric().valueType() == ValueType.DISTRIBUTION ? DISTRIBUTION : NUMBER;
  }

  @Override
  public Optional<Point> newest(Series series, Instant since, Instant until) throws StoreException {
    return store.newest(series, since, until);
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until)
      throws StoreException {
    return store.newest(metric, since, until);
  }

  @Override
  public void close() {
    store.close();
  }
}
