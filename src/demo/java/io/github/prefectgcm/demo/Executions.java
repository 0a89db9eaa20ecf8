package io.github.prefectgcm.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Executes the job again and again, and keeps what went wrong. */
final class Executions {
  private final ExecuteJob job;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final long began = System.nanoTime();
  private final List<String> complaints = new ArrayList<>();
  private int count;

  Executions(ExecuteJob job, Map<String, String> environment, InstantSource clock) {
    this.job = job;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** Executes it once, as of the clock. */
  void next() {
    var said = new ByteArrayOutputStream();
    int code;
    try (var stream = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      code = job.run(environment, clock, stream, stream);
    }
    count++;
    if (code != 0) {
      complaints.add(
          "exit code "
              + code
              + " at "
              + clock.instant()
              + "\n"
              + said.toString(StandardCharsets.UTF_8).strip().indent(4));
    }
  }

  int count() {
    return count;
  }

  /** Of each execution that did not end well, what it said. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
