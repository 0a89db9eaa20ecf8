package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.cli.Streams;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.time.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Both servers with a small workspace, a clock, and the environment of a job that reads one and
 * writes to the other. Every secret in it is marked.
 */
public final class Site implements AutoCloseable {
  /** Part of every secret. */
  public static final String SECRET = "hunter2";

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  public final Workspace workspace = new Workspace(7);
  public final Pool pool = workspace.workPool("k8s", "kubernetes");
  public final Flow flow = workspace.flow("etl");
  public final ServerDeployment hourly = workspace.deployment(flow, "hourly", pool);
  public final ServerDeployment daily = workspace.deployment(flow, "daily", pool);
  public final Map<String, String> environment = new HashMap<>();
  public final EmbeddedPrefect prefect;
  public final EmbeddedCloudMonitoring cloud;

  /** What all clocks show. */
  public volatile Instant now = NOON.plusSeconds(120);

  /** How time passes for the job: by its waiting. */
  public final VirtualTime time = new VirtualTime(() -> now);

  /** Of the terminal that somebody watches. */
  public OptionalInt columns = OptionalInt.empty();

  public Site() {
    this(UnaryOperator.identity());
  }

  public Site(UnaryOperator<EmbeddedPrefect.Setup> setup) {
    prefect =
        setup
            .apply(EmbeddedPrefect.of(workspace, () -> now).authString("admin:" + SECRET + "-auth"))
            .start();
    cloud = new EmbeddedCloudMonitoring(() -> now);
    prefect.onSilence(time::silence);
    cloud.onSilence(time::silence);
    workspace.worker(pool, "worker", NOON.minus(Duration.ofDays(2)), NOON.plus(Duration.ofDays(2)));
    workspace.finished(
        hourly, ServerStateType.COMPLETED, NOON.minusSeconds(60), Duration.ofSeconds(90));
    workspace.finished(
        daily, ServerStateType.FAILED, NOON.minusSeconds(61), Duration.ofSeconds(30));
    workspace.finished(
        hourly, ServerStateType.FAILED, NOON.plusSeconds(100), Duration.ofSeconds(20));
    workspace.finished(
        daily, ServerStateType.COMPLETED, NOON.plusSeconds(101), Duration.ofSeconds(10));
    // Tested by itself: what else a job says is easier to see without it.
    environment.put("RUN_LOG", "off");
    environment.put("PREFECT_API_URL", prefect.apiUrl().toString());
    environment.put("PREFECT_API_AUTH_STRING", "admin:" + SECRET + "-auth");
    environment.put("PREFECT_CLIENT_CUSTOM_HEADERS", "{\"X-Token\": \"" + SECRET + "-header\"}");
    environment.put("MONITORING_EMULATOR_HOST", cloud.address());
    environment.put("GOOGLE_CLOUD_PROJECT", "acme");
  }

  /** What an execution printed and how it ended. */
  public record Ending(int code, List<String> out, List<String> err) {
    public List<String> lines() {
      return java.util.stream.Stream.concat(out.stream(), err.stream()).toList();
    }

    /** Everything that was said but the summary. */
    public List<String> said() {
      return lines().stream().filter(line -> !line.contains(" refused, ")).toList();
    }

    public String summary() {
      List<String> sums = lines().stream().filter(line -> line.contains(" refused, ")).toList();
      assertEquals(1, sums.size(), () -> "one summary line: " + lines());
      return sums.getFirst();
    }
  }

  /** One execution, as a process of its own would do it. */
  public Ending execute() {
    return command();
  }

  /** What a process of its own with these arguments would do. */
  public Ending command(String... arguments) {
    return command(ShutdownHook.none(), arguments);
  }

  /** The same, with something that may ask it to stop. */
  public Ending command(ShutdownHook stopper, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of(arguments),
            Map.copyOf(environment),
            time,
            new Streams(out, err, () -> columns),
            stopper);
    var ending = new Ending(code, lines(out), lines(err));
    ending
        .lines()
        .forEach(line -> {
          assertFalse(line.contains(SECRET), () -> "tells a secret: " + line);
          assertFalse(line.contains("YWRtaW46"), () -> "tells an encoded secret: " + line);
          assertFalse(line.matches("\\s+at .*|.*\\tat .*|.*Exception.*"), () -> "a trace: " + line);
        });
    return ending;
  }

  /** An execution of which nothing is expected but that all goes well. */
  public void executeWell() {
    Ending ending = execute();
    assertEquals(0, ending.code(), () -> String.join("\n", ending.lines()));
    assertEquals(List.of(), ending.said());
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Up to where everything is counted, as the store has it. */
  public Optional<Instant> watermark() {
    return newest("exporter/window_count", Map.of("stream", "flow_runs")).map(StoredPoint::end);
  }

  /** The newest point of the only series that has these labels, among others. */
  public Optional<StoredPoint> newest(String metric, Map<String, String> labels) {
    List<List<StoredPoint>> found =
        cloud.series(metric).entrySet().stream()
            .filter(each -> each.getKey().labels().entrySet().containsAll(labels.entrySet()))
            .map(Map.Entry::getValue)
            .toList();
    assertTrue(found.size() <= 1, () -> metric + labels + " are " + found.size() + " series");
    return found.stream().findFirst().map(List::getLast);
  }

  /** The newest value of a series, if it was written now. */
  public Optional<Double> level(String metric, Map<String, String> labels) {
    return newest(metric, labels).filter(point -> point.end().equals(now)).map(StoredPoint::real);
  }

  @Override
  public void close() {
    prefect.close();
    cloud.close();
  }
}
