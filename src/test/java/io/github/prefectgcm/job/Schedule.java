package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.MetricDescriptor;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.StatusLine;
import io.github.prefectgcm.cloudmonitoring.CloudMonitoringStore;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringCall;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.monitoring.MonitoringMethod;
import io.github.prefectgcm.embedded.monitoring.MonitoringOptions;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.time.Time;
import io.github.prefectgcm.workspace.Company;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A random sequence of executions and of what goes wrong with them, played with the real reader,
 * pipeline and writer against the embedded servers. All of it follows from the seed, and every
 * execution runs on one thread, so that a seed can be replayed.
 */
final class Schedule {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Duration LONG_PERIOD = Duration.ofMinutes(10);
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final int PERIODS = 14;
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(13);
  private static final String PROJECT = "prefect-gcm";

  /** A counter of the job's that was a gauge before. */
  private static final MetricDescriptor FOREIGN =
      MetricDescriptor.newBuilder()
          .setType("custom.googleapis.com/prefect/flow_run/never_started_count")
          .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
          .setValueType(MetricDescriptor.ValueType.INT64)
          .build();

  private final Random random;
  private final Company company;
  private final boolean staleReads;
  private final boolean periodChanges;
  private final boolean changes;
  private final int maxSeries;
  private final boolean foreign;
  private final StringBuilder story = new StringBuilder();
  private volatile Instant now = BEGIN;
  private final EmbeddedPrefect prefect;
  private final EmbeddedCloudMonitoring cloud;
  private final ManagedChannel channel;

  private Schedule(long seed) {
    random = new Random(seed);
    company = new Company(random);
    company.work(
        BEGIN.minus(Duration.ofHours(1)), BEGIN.plus(PERIOD.multipliedBy(PERIODS + 20)), PERIOD, 3);
    staleReads = random.nextInt(3) == 0;
    changes = !staleReads && random.nextInt(2) == 0;
    periodChanges = !changes && random.nextInt(4) == 0;
    // The series of a deployment, or of a metric that knows none, are at most twelve.
    maxSeries = staleReads ? 200 : 12 + random.nextInt(30);
    foreign = random.nextInt(5) == 0;
    prefect =
        EmbeddedPrefect.of(company.workspace(), () -> now).limit(2 + random.nextInt(6)).start();
    MonitoringOptions options = MonitoringOptions.DEFAULT;
    if (staleReads) {
      options =
          options
              .withReadDelay(Duration.ofSeconds(random.nextInt(420)))
              .withFirstPointDelay(
                  Duration.ofSeconds(random.nextInt((int) LONGEST_DELAY.toSeconds())));
    }
    cloud = new EmbeddedCloudMonitoring(() -> now, options);
    channel = cloud.inProcessChannel();
  }

  /**
   * Plays the schedule of a seed and checks what is left in the store.
   *
   * @throws AssertionError with the story that led there
   */
  static void play(long seed) {
    var schedule = new Schedule(seed);
    try {
      schedule.play();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + schedule.story, e);
    } finally {
      schedule.cloud.close();
      schedule.prefect.close();
    }
  }

  private void play() {
    now = BEGIN.plusSeconds(60 + random.nextInt(240));
    if (foreign) {
      cloud.describe("projects/" + PROJECT, FOREIGN);
    }
    int executions = 6 + random.nextInt(6);
    for (int i = 0; i < executions; i++) {
      int code = disturbed();
      if (changes) {
        change(code);
      }
      now = now.plus(pause());
    }
    settle();
    new Audit(company.facts(), cloud, periodChanges ? LONG_PERIOD : PERIOD)
        .check(now, staleReads, changes, foreign);
  }

  /**
   * Between two executions, whatever the first has left half-written. A deployment is deleted only
   * when nothing is: its runs would count again as those of a deleted one.
   */
  private void change(int code) {
    for (int i = random.nextInt(3); i > 0; i--) {
      tell(company.change(now));
    }
    if (code == 0 && random.nextInt(8) == 0) {
      tell(company.deleteDeployment(now));
    }
  }

  private Duration pause() {
    return switch (random.nextInt(10)) {
      case 0 -> Duration.ofSeconds(1 + random.nextInt(20));
      case 1 -> PERIOD.multipliedBy(2 + random.nextInt(5));
      default -> PERIOD.minusSeconds(20).plusSeconds(random.nextInt(40));
    };
  }

  /** All is well again: at most a few executions later everything is written. */
  private void settle() {
    if (foreign) {
      mend();
    }
    now = now.plus(LONGEST_DELAY).plus(PERIOD);
    int code = -1;
    for (int i = 0; i < 6 && code != 0; i++) {
      now = now.plus(PERIOD);
      code = execute(new AtomicBoolean());
    }
    assertEquals(0, code, "never got well");
  }

  /** A metric that is somebody else's holds no other one, and once it is mended starts anew. */
  private void mend() {
    int worst = 0;
    for (int i = 0; i < 3; i++) {
      now = now.plus(LONGEST_DELAY).plus(PERIOD);
      worst = Math.max(worst, execute(new AtomicBoolean()));
    }
    assertEquals(2, worst, "nothing is told of a foreign descriptor");
    new Audit(company.facts(), cloud, periodChanges ? LONG_PERIOD : PERIOD).isRecent(now);
    cloud.undescribe("projects/" + PROJECT, FOREIGN.getType());
  }

  private int disturbed() {
    var dead = new AtomicBoolean();
    var calls = new AtomicInteger();
    int at = 1 + random.nextInt(22);
    int choice = random.nextInt(20);
    Status lost = random.nextBoolean() ? Status.UNAVAILABLE : Status.DEADLINE_EXCEEDED;
    int series = 1 + random.nextInt(30);
    boolean applied = random.nextBoolean();
    switch (choice) {
      case 0, 1, 2, 3, 4 -> tell("crash at call " + at + (applied ? ", applied" : ""));
      case 5, 6 -> tell("answer lost at call " + at);
      case 7, 8 -> tell("partly written at call " + at);
      case 9, 10, 11 -> tell("overlap at call " + at + (applied ? ", then crash" : ""));
      case 12 -> tell("writing denied from call " + at);
      case 13 -> tell("reading denied from call " + at);
      case 14, 15 -> breakPrefect();
      default -> tell("all well");
    }
    cloud.faults(call -> {
      int number = calls.incrementAndGet();
      return switch (choice) {
        case 0, 1, 2, 3, 4 -> number == at ? crash(dead, applied) : Optional.empty();
        case 5, 6 -> number == at ? Optional.of(MonitoringFault.after(lost)) : Optional.empty();
        case 7, 8 -> number == at ? partly(call, series, lost) : Optional.empty();
        case 9, 10, 11 -> number == at ? overlap(dead, applied) : Optional.empty();
        case 12 ->
            number >= at ? denied(call, MonitoringMethod.CREATE_TIME_SERIES) : Optional.empty();
        case 13 ->
            number >= at ? denied(call, MonitoringMethod.LIST_TIME_SERIES) : Optional.empty();
        default -> Optional.empty();
      };
    });
    int code = execute(dead);
    cloud.heal();
    prefect.recover();
    return code;
  }

  /** From here on nothing of this execution reaches the store: as if its process had ended. */
  private static Optional<MonitoringFault> crash(AtomicBoolean dead, boolean applied) {
    dead.set(true);
    return Optional.of(
        applied
            ? MonitoringFault.after(Status.CANCELLED)
            : MonitoringFault.before(Status.CANCELLED));
  }

  private static Optional<MonitoringFault> partly(MonitoringCall call, int series, Status status) {
    return call.method() == MonitoringMethod.CREATE_TIME_SERIES
        ? Optional.of(MonitoringFault.partly(Math.min(series, call.series()), status))
        : Optional.of(MonitoringFault.before(status));
  }

  private static Optional<MonitoringFault> denied(MonitoringCall call, MonitoringMethod method) {
    return call.method() == method ? Optional.of(MonitoringFault.denied(method)) : Optional.empty();
  }

  /** A whole other execution happens while this call is under way. */
  private Optional<MonitoringFault> overlap(AtomicBoolean dead, boolean thenCrash) {
    now = now.plusSeconds(random.nextInt(400));
    tell("  the other one");
    execute(new AtomicBoolean());
    return thenCrash ? crash(dead, false) : Optional.empty();
  }

  private void breakPrefect() {
    List<String> routes =
        List.of("/flow_runs/filter", "/deployments/filter", "/flows/filter", "/work_pools/filter");
    String route = routes.get(random.nextInt(routes.size()));
    int nth = 1 + random.nextInt(6);
    HttpFault fault =
        switch (random.nextInt(4)) {
          case 0 -> HttpFault.cut();
          case 1 -> HttpFault.reset();
          case 2 -> HttpFault.status(403);
          default -> HttpFault.nulled("id");
        };
    tell("Prefect fails at request " + nth + " of " + route);
    prefect.onNth(route, nth, fault);
  }

  private int execute(AtomicBoolean dead) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var log = new Log(stream, stream, false, new StatusLine(stream, OptionalInt::empty));
    Supplier<Duration> left = () -> dead.get() ? Duration.ZERO : Duration.ofSeconds(2);
    int code;
    try {
      Settings settings =
          Settings.from(Map.of("PREFECT_API_URL", prefect.apiUrl().toString(), "PERIOD", period()));
      Target target = settings.target();
      try (Source source = PrefectSource.open(settings.prefect(), Time.real(() -> now), left)) {
        code =
            new Execution(
                    settings,
                    source,
                    () -> CloudMonitoringStore.over(channel, target, Time.real(), left, maxSeries),
                    new ExecutionContext(
                        Time.real(() -> now),
                        new Deadline(Duration.ofHours(1), System::nanoTime),
                        new ParallelReads(Time.real(), Runnable::run),
                        log),
                    "test")
                .run();
      }
    } catch (Settings.Invalid e) {
      throw new IllegalStateException(e);
    }
    tell(
        now
            + " exit "
            + code
            + ": "
            + out.toString(StandardCharsets.UTF_8).strip().replace("\n", " | "));
    return code;
  }

  private String period() {
    return periodChanges && random.nextBoolean() ? "10m" : "5m";
  }

  private void tell(String line) {
    story.append(line).append('\n');
  }
}
