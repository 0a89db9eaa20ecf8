package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.job.Audit;
import io.github.prefectgcm.workspace.Company;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A random sequence of executions of the packaged jar, most of which a signal ends. What is done
 * follows from the seed, but not at which instruction a signal hits.
 */
final class KilledSchedule implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(5);
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final int PERIODS = 60;

  /** How long an execution takes here if nothing ends it, as last seen. */
  private static volatile Duration usual = Duration.ofMillis(1_500);

  /** What happened in all schedules. */
  record Sums(AtomicInteger executions, AtomicInteger killed, AtomicInteger terminated) {
    Sums() {
      this(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
    }
  }

  private final Random random;
  private final Company company;
  private final Path folder;
  private final Sums sums;
  private final EmbeddedPrefect prefect;
  private final EmbeddedCloudMonitoring cloud;
  private final Queue<String> story = new ConcurrentLinkedQueue<>();
  private final AtomicInteger started = new AtomicInteger();
  private final Queue<CompletableFuture<Integer>> others = new ConcurrentLinkedQueue<>();
  private volatile Instant now = BEGIN;

  private KilledSchedule(long seed, Path folder, Sums sums) {
    random = new Random(seed);
    company = new Company(random);
    company.work(
        BEGIN.minus(Duration.ofHours(1)), BEGIN.plus(PERIOD.multipliedBy(PERIODS)), PERIOD, 3);
    this.folder = folder;
    this.sums = sums;
    prefect =
        EmbeddedPrefect.of(company.workspace(), () -> now).limit(2 + random.nextInt(6)).start();
    cloud = new EmbeddedCloudMonitoring(() -> now);
  }

  /**
   * Plays the schedule of a seed and checks what is left in the store.
   *
   * @throws AssertionError with the story that led there
   */
  static void play(long seed, Path folder, Sums sums) throws IOException, InterruptedException {
    try (var schedule = new KilledSchedule(seed, Files.createDirectories(folder), sums)) {
      try {
        schedule.play();
      } catch (AssertionError | CompletionException e) {
        throw new AssertionError(
            "seed " + seed + ": " + e.getMessage() + "\n" + String.join("\n", schedule.story), e);
      }
    }
  }

  private void play() throws IOException, InterruptedException {
    now = BEGIN.plusSeconds(60 + random.nextInt(240));
    int disturbed = 2 + random.nextInt(3);
    for (int i = 0; i < disturbed; i++) {
      var victim = new CompletableFuture<SignalledJob>();
      disturb(victim);
      execute(victim);
      others.forEach(CompletableFuture::join);
      prefect.recover();
      cloud.heal();
      now = now.plus(pause());
    }
    int code = -1;
    for (int i = 0; i < 3 && code != ExitCode.DONE; i++) {
      now = now.plus(PERIOD);
      code = execute(new CompletableFuture<>());
    }
    assertEquals(ExitCode.DONE, code, "never got well");
    new Audit(company.facts(), cloud, PERIOD).check(now, false, false, false);
  }

  private Duration pause() {
    return switch (random.nextInt(10)) {
      case 0 -> Duration.ofSeconds(10 + random.nextInt(20));
      case 1 -> PERIOD.multipliedBy(2 + random.nextInt(4));
      default -> PERIOD.minusSeconds(20).plusSeconds(random.nextInt(40));
    };
  }

  /** Plans what will go wrong with the next execution. */
  private void disturb(CompletableFuture<SignalledJob> victim) {
    boolean kill = random.nextInt(5) < 3;
    String signal = kill ? "SIGKILL" : "SIGTERM";
    int call = 1 + random.nextInt(20);
    int request = 1 + random.nextInt(40);
    boolean applied = random.nextBoolean();
    double share = random.nextDouble();
    int later = random.nextInt(400);
    Runnable end = () -> end(victim.join(), kill);
    prefect.onEvery("/*", HttpFault.slow(Duration.ofMillis(2)));
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        tell(signal + " at call " + call + (applied ? ", applied" : ""));
        atCall(
            call,
            () -> {
              end.run();
              return kill && !applied
                  ? Optional.of(MonitoringFault.before(Status.CANCELLED))
                  : Optional.empty();
            });
      }
      case 4, 5 -> {
        tell(signal + " at request " + request);
        prefect.onNth("/*", request, HttpFault.after(end));
      }
      case 6 -> {
        tell("overlap at call " + call + (applied ? ", then " + signal : ""));
        atCall(
            call,
            () -> {
              now = now.plusSeconds(later);
              overlap();
              if (applied) {
                end.run();
              }
              return Optional.empty();
            });
      }
      default -> {
        tell(signal + " after " + Math.round(share * 100) + " % of the usual time");
        var _ =
            Thread.startVirtualThread(() -> {
              SignalledJob job = victim.join();
              LockSupport.parkNanos((long) (share * usual.toNanos()));
              end(job, kill);
            });
      }
    }
  }

  private void atCall(int number, Supplier<Optional<MonitoringFault>> event) {
    var calls = new AtomicInteger();
    cloud.faults(call -> {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
      return calls.incrementAndGet() == number ? event.get() : Optional.empty();
    });
  }

  private static void end(SignalledJob job, boolean kill) {
    if (kill) {
      job.kill();
    } else {
      job.terminate();
    }
  }

  /** Another whole execution, while a call of the first one is under way. */
  private void overlap() {
    tell("  the other one");
    var other = CompletableFuture.supplyAsync(this::undisturbed, Thread::startVirtualThread);
    others.add(other);
    var _ = other.handle((code, failure) -> true).join();
  }

  private int undisturbed() {
    try {
      return execute(new CompletableFuture<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.AGAIN;
    }
  }

  private int execute(CompletableFuture<SignalledJob> victim)
      throws IOException, InterruptedException {
    Map<String, String> settings =
        Map.of(
            "PREFECT_API_URL",
            prefect.apiUrl().toString(),
            "MONITORING_EMULATOR_HOST",
            cloud.address(),
            "LOG_FORMAT",
            "json");
    Path output = folder.resolve("execution-" + started.incrementAndGet());
    try (var job = SignalledJob.start(settings, output)) {
      victim.complete(job);
      int code = job.await();
      if (job.isKilled()) {
        sums.killed().incrementAndGet();
      } else if (job.isTerminated()) {
        sums.terminated().incrementAndGet();
      } else {
        usual = job.age();
      }
      sums.executions().incrementAndGet();
      tell(now + " exit " + code + " after " + job.age().toMillis() + " ms: " + job.said());
      return code;
    } catch (AssertionError e) {
      tell(Files.readString(output));
      throw e;
    }
  }

  private void tell(String line) {
    story.add(line);
  }

  @Override
  public void close() {
    cloud.close();
    prefect.close();
  }
}
