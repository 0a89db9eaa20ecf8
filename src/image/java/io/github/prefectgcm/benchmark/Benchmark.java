package io.github.prefectgcm.benchmark;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import io.github.prefectgcm.image.PackagedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one execution takes as a process in the container image's own runtime, beside a bare client
 * that makes the same calls there, and beside the packaged jar with no flags at all. {@code mvn -q
 * -Pbenchmark} runs it; it needs Linux.
 *
 * <p>The execution is an ordinary one after a pause: Cloud Monitoring holds what the execution
 * before has written, three windows are due.
 */
public final class Benchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final List<String> ONE_CORE = List.of("taskset", "--cpu-list", "0");

  private final Path folder;

  private Benchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("benchmark");
    try {
      new Benchmark(folder).run();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    System.exit(0);
  }

  private void run() throws Exception {
    Path file = folder.resolve("recording");
    var image = ImageRuntime.make(Path.of("target", "image"), file);
    try (var site = new BenchmarkSite(folder)) {
      Recording recording = site.prepare(settings -> footprint(packagedJar(), settings));
      recording.save(file);
      site.execute(true, settings -> footprint(image.bareClientInTraining(), settings));
      System.out.printf(
          "One execution: %d requests to Prefect, %d calls to Cloud Monitoring, %d points. Medians"
              + " of %d rounds (least to most).%n",
          recording.requests().size(), recording.calls().size(), points(recording), ROUNDS);
      for (boolean tls : List.of(false, true)) {
        for (boolean oneCore : List.of(false, true)) {
          measure(site, image, tls, oneCore);
        }
      }
    }
  }

  private static int points(Recording recording) {
    return recording.calls().stream()
        .mapToInt(call ->
            call instanceof CreateTimeSeriesRequest create ? create.getTimeSeriesCount() : 0)
        .sum();
  }

  private static List<String> packagedJar() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-jar", PackagedJob.JAR.toString());
  }

  private void measure(BenchmarkSite site, ImageRuntime image, boolean tls, boolean oneCore)
      throws Exception {
    var candidates = new LinkedHashMap<String, List<String>>();
    candidates.put("bare client, same calls", image.bareClient());
    candidates.put("prefect-gcm", image.job());
    candidates.put("prefect-gcm, plain java -jar", packagedJar());
    var rounds = new LinkedHashMap<String, List<Footprint>>();
    // The first round warms the servers and the disk's cache.
    for (int round = 0; round <= ROUNDS; round++) {
      for (Map.Entry<String, List<String>> candidate : candidates.entrySet()) {
        List<String> command =
            Stream.concat(
                    (oneCore ? ONE_CORE : List.<String>of()).stream(),
                    candidate.getValue().stream())
                .toList();
        List<Footprint> measured =
            rounds.computeIfAbsent(candidate.getKey(), name -> new ArrayList<>());
        site.execute(tls, settings -> measured.add(footprint(command, settings)));
      }
    }
    System.out.printf(
        "%n%-42s %-22s %-22s %s%n",
        (tls ? "TLS and token" : "plaintext") + (oneCore ? ", one core" : ", all cores"),
        "wall s",
        "CPU s",
        "peak MiB");
    rounds.forEach((name, measured) -> print(name, measured.subList(1, measured.size())));
  }

  private Footprint footprint(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Footprint footprint =
        Footprint.of(() -> PackagedJob.process(command, environment, output), LIMIT);
    if (footprint.exitCode() != 0) {
      throw new IOException(command + " failed: " + Files.readString(output));
    }
    return footprint;
  }

  private static void print(String name, List<Footprint> rounds) {
    System.out.printf(
        "  %-40s %-22s %-22s %s%n",
        name,
        spread(rounds.stream().map(round -> Optional.of(round.wall().toMillis() / 1e3)), "%.2f"),
        spread(
            rounds.stream().map(round -> round.cpu().map(time -> time.toMillis() / 1e3)), "%.2f"),
        spread(
            rounds.stream().map(round -> round.peakBytes().map(bytes -> bytes / 1048576.0)),
            "%.0f"));
  }

  private static String spread(Stream<Optional<Double>> values, String format) {
    List<Double> sorted = values.flatMap(Optional::stream).sorted().toList();
    if (sorted.isEmpty()) {
      return "n/a";
    }
    return "%s (%s to %s)"
        .replace("%s", format)
        .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
