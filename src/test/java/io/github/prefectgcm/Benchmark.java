package io.github.prefectgcm;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.protobuf.Message;
import io.github.prefectgcm.embedded.Deployment;
import io.github.prefectgcm.embedded.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.EmbeddedPrefect;
import io.github.prefectgcm.embedded.Flow;
import io.github.prefectgcm.embedded.Pool;
import io.github.prefectgcm.embedded.StateType;
import io.github.prefectgcm.embedded.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What one execution of the packaged jar takes as a process, beside a bare client that makes the
 * same calls and beside an empty JVM. {@code mvn -q -Pbenchmark} runs it.
 *
 * <p>The execution is an ordinary one after a pause: Cloud Monitoring holds what the execution
 * before has written, three windows are due.
 */
public final class Benchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
  private static final int RUNS = 600;
  private static final Instant BEFORE = Instant.parse("2026-03-01T12:01:10Z");
  private static final Instant NOW = BEFORE.plus(Duration.ofMinutes(15));
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final Workspace workspace = typical();
  private volatile Instant now = BEFORE;

  /** What Cloud Monitoring holds before the execution that is measured. */
  private List<Message> past = List.of();

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
  }

  private void run() throws IOException, InterruptedException {
    try (var prefect = EmbeddedPrefect.start(workspace, () -> now)) {
      past = record(prefect).calls();
      now = NOW;
      prefect.forgetRequests();
      Recording recording = record(prefect);
      Path file = folder.resolve("recording");
      recording.save(file);
      System.out.printf(
          "One execution: %d requests to Prefect, %d calls to Cloud Monitoring, %d points. Medians"
              + " of %d rounds (least to most).%n",
          recording.requests().size(), recording.calls().size(), points(recording), ROUNDS);
      measure(List.of(), prefect, file);
      measure(QUICK, prefect, file);
    }
  }

  private static int points(Recording recording) {
    return recording.calls().stream()
        .mapToInt(call ->
            call instanceof CreateTimeSeriesRequest create ? create.getTimeSeriesCount() : 0)
        .sum();
  }

  private void measure(List<String> flags, EmbeddedPrefect prefect, Path recording)
      throws IOException, InterruptedException {
    String name = flags.isEmpty() ? "default flags" : String.join(" ", flags);
    var empty = new ArrayList<Footprint>();
    var bare = new ArrayList<Footprint>();
    var job = new ArrayList<Footprint>();
    // The first round warms the servers and the disk's cache.
    for (int round = 0; round <= ROUNDS; round++) {
      Footprint one = emptyJvm(flags);
      Footprint two = bareClient(flags, prefect, recording);
      Footprint three = job(flags, prefect);
      if (round > 0) {
        empty.add(one);
        bare.add(two);
        job.add(three);
      }
    }
    System.out.printf("%n%-42s %-22s %-22s %s%n", name, "wall s", "CPU s", "peak MiB");
    print("empty JVM", empty);
    print("bare client, same calls", bare);
    print("prefect-gcm", job);
  }

  private Footprint emptyJvm(List<String> flags) throws IOException, InterruptedException {
    return footprint(java(flags, Benchmark.Empty.class), Map.of());
  }

  private Footprint bareClient(List<String> flags, EmbeddedPrefect prefect, Path recording)
      throws IOException, InterruptedException {
    try (var cloud = cloudWithPast()) {
      List<String> arguments = java(flags, BareClient.class);
      arguments.addAll(List.of(recording.toString(), prefect.apiUrl().toString(), cloud.address()));
      return footprint(arguments, Map.of());
    }
  }

  private Footprint job(List<String> flags, EmbeddedPrefect prefect)
      throws IOException, InterruptedException {
    try (var cloud = cloudWithPast()) {
      List<String> arguments = new ArrayList<>(PackagedJob.QUIET);
      arguments.addAll(flags);
      arguments.addAll(List.of("-jar", PackagedJob.JAR.toString()));
      return footprint(arguments, settings(prefect, cloud));
    }
  }

  private Footprint footprint(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Footprint footprint =
        Footprint.of(() -> PackagedJob.java(arguments, environment, output), LIMIT);
    if (footprint.exitCode() != 0) {
      throw new IOException(arguments + " failed: " + Files.readString(output));
    }
    return footprint;
  }

  /** The classes of the bare client lie in folders and jars as those of the job do. */
  private static List<String> java(List<String> flags, Class<?> main) {
    var arguments = new ArrayList<>(PackagedJob.QUIET);
    arguments.addAll(flags);
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return arguments;
  }

  private Recording record(EmbeddedPrefect prefect) throws IOException, InterruptedException {
    try (var cloud = cloudWithPast()) {
      Queue<Message> calls = new ConcurrentLinkedQueue<>();
      cloud.faults(call -> {
        calls.add(call.request());
        return Optional.empty();
      });
      List<String> arguments = new ArrayList<>(PackagedJob.QUIET);
      arguments.addAll(List.of("-jar", PackagedJob.JAR.toString()));
      Footprint _ = footprint(arguments, settings(prefect, cloud));
      return new Recording(
          prefect.requests().stream().map(Recording.Exchange::of).toList(), List.copyOf(calls));
    }
  }

  private static Map<String, String> settings(
      EmbeddedPrefect prefect, EmbeddedCloudMonitoring cloud) {
    return Map.of(
        "PREFECT_API_URL",
        prefect.apiUrl().toString(),
        "MONITORING_EMULATOR_HOST",
        cloud.address());
  }

  private EmbeddedCloudMonitoring cloudWithPast() {
    var cloud = new EmbeddedCloudMonitoring(() -> BEFORE);
    for (Message call : past) {
      if (call instanceof CreateTimeSeriesRequest create) {
        var _ = cloud.stub().createTimeSeries(create);
      }
    }
    cloud.setNow(now);
    return cloud;
  }

  private static Workspace typical() {
    var random = new Random(1);
    var workspace = new Workspace(1);
    var pools = new ArrayList<Pool>();
    for (int i = 0; i < 5; i++) {
      pools.add(workspace.workPool("pool-" + i, "kubernetes"));
      for (int k = 0; k < 4; k++) {
        workspace.worker(pools.getLast(), "worker-" + i + "-" + k, BEFORE.minusSeconds(3_600), NOW);
      }
    }
    var deployments = new ArrayList<Deployment>();
    for (int i = 0; i < 40; i++) {
      Flow flow = workspace.flow("flow-" + i);
      deployments.add(workspace.deployment(flow, "hourly", pools.get(i % pools.size())));
      deployments.add(workspace.deployment(flow, "daily", pools.get(i % pools.size())));
    }
    Instant from = BEFORE.minus(Duration.ofMinutes(20));
    long micros = ChronoUnit.MICROS.between(from, NOW);
    int runs = (int) (RUNS * Duration.between(from, NOW).toMinutes() / 15);
    for (int i = 0; i < runs; i++) {
      workspace.finished(
          deployments.get(random.nextInt(deployments.size())),
          random.nextInt(10) > 0 ? StateType.COMPLETED : StateType.FAILED,
          from.plus(random.nextLong(micros), ChronoUnit.MICROS),
          Duration.ofMillis(1_000 + random.nextInt(600_000)));
    }
    workspace.parameters(200, 1_000);
    return workspace;
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

  /** A JVM that does nothing. */
  static final class Empty {
    private Empty() {}

    public static void main(String[] arguments) {}
  }
}
