package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts requests by how they were answered, and keeps how long each answer took. */
final class TrafficLog {
  private final Map<String, Long> answers = new HashMap<>();
  private final List<Duration> latencies = new ArrayList<>();

  synchronized void answered(int status, Duration latency) {
    answers.merge(status / 100 + "xx", 1L, Long::sum);
    latencies.add(latency);
  }

  synchronized void failed() {
    answers.merge(Traffic.ERROR, 1L, Long::sum);
  }

  synchronized Traffic sum() {
    if (latencies.isEmpty()) {
      return new Traffic(answers, Optional.empty());
    }
    Collections.sort(latencies);
    return new Traffic(answers, Optional.of(latencies.get((latencies.size() - 1) / 2)));
  }
}
