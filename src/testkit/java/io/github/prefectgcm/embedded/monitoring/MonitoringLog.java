package io.github.prefectgcm.embedded.monitoring;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked of the embedded server. It keeps sizes, and of each method the last request. */
public final class MonitoringLog {
  /** One call; {@code series} is how many it wrote, 0 if it was no write. */
  public record Entry(MonitoringMethod method, int number, Instant at, int series, int bytes) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<MonitoringMethod, Integer> numbers = new EnumMap<>(MonitoringMethod.class);
  private final Map<MonitoringMethod, Message> last = new EnumMap<>(MonitoringMethod.class);

  MonitoringLog() {}

  synchronized MonitoringCall add(MonitoringMethod method, Instant at, Message request) {
    var call = new MonitoringCall(method, numbers.merge(method, 1, Integer::sum), at, request);
    entries.add(new Entry(method, call.number(), at, call.series(), call.bytes()));
    last.put(method, request);
    return call;
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  public synchronized int count(MonitoringMethod method) {
    return numbers.getOrDefault(method, 0);
  }

  /** Size of all requests of a method together. */
  public synchronized long bytes(MonitoringMethod method) {
    return entries.stream().filter(entry -> entry.method() == method).mapToLong(Entry::bytes).sum();
  }

  /** Most series in one write. */
  public synchronized int maxSeries() {
    return entries.stream().mapToInt(Entry::series).max().orElse(0);
  }

  public synchronized Optional<Message> last(MonitoringMethod method) {
    return Optional.ofNullable(last.get(method));
  }
}
