package io.github.prefectgcm.workspace;

import io.github.prefectgcm.embedded.prefect.Flow;
import io.github.prefectgcm.embedded.prefect.Pool;
import io.github.prefectgcm.embedded.prefect.Run;
import io.github.prefectgcm.embedded.prefect.ServerDeployment;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A small random workspace and, beside it, the truth about its finished runs: kept in a list of its
 * own, so that nothing under test has a hand in it.
 */
public final class Company {
  /** A deployment whose first success comes when its streak has been written for a while. */
  private static final int LATECOMER = 1;

  private static final ServerStateType[] FINAL = {
    ServerStateType.COMPLETED,
    ServerStateType.FAILED,
    ServerStateType.CRASHED,
    ServerStateType.CANCELLED
  };

  /**
   * A run that ended, as labels name it when it does.
   *
   * @param run whose state or pool may be another one later
   */
  public record Fact(
      Run run,
      String flow,
      String deployment,
      String pool,
      String state,
      boolean started,
      double seconds,
      Instant end) {
    /** When it started, if it did. */
    public Instant start() {
      return end.minusNanos(Math.round(seconds * 1e6) * 1_000);
    }
  }

  private final Workspace workspace;
  private final Random random;
  private final List<Fact> facts = new ArrayList<>();
  private Instant firstSuccess = Instant.MIN;
  private final Set<String> deleted = new HashSet<>();
  private final Pool[] pools;
  private final Flow[] flows;
  private final ServerDeployment[] deployments;
  private final String[][] names;

  public Company(Random random) {
    this.random = random;
    workspace = new Workspace(random.nextLong());
    pools =
        new Pool[] {workspace.workPool("k8s", "kubernetes"), workspace.workPool("vm", "process")};
    flows = new Flow[] {workspace.flow("etl"), workspace.flow("report")};
    deployments =
        new ServerDeployment[] {
          workspace.deployment(flows[0], "hourly", pools[0]),
          workspace.deployment(flows[0], "daily", pools[1]),
          workspace.served(flows[1], "served"),
        };
    names =
        new String[][] {{"etl", "hourly", "k8s"}, {"etl", "daily", "vm"}, {"report", "served", ""}};
  }

  public Workspace workspace() {
    return workspace;
  }

  public List<Fact> facts() {
    return facts;
  }

  /**
   * Something that changes what a run counts as: its pool is deleted, a tag is changed, or a final
   * state is overwritten, which keeps the end of the run.
   */
  public String change(Instant now) {
    List<Fact> recent =
        facts.stream()
            .filter(fact -> !fact.end().isAfter(now))
            .filter(fact -> fact.end().isAfter(now.minus(Duration.ofMinutes(15))))
            .toList();
    int choice = random.nextInt(6);
    if (choice == 0) {
      Pool pool = pools[random.nextInt(pools.length)];
      if (!deleted.add(pool.name())) {
        return "nothing changes";
      }
      workspace.delete(pool, now);
      return "pool " + pool.name() + " is deleted";
    }
    if (recent.isEmpty()) {
      return "nothing changes";
    }
    Run run = recent.get(random.nextInt(recent.size())).run();
    if (choice == 1) {
      run.tagged(List.of("team:" + random.nextInt(3)));
      return "a run is tagged";
    }
    ServerStateType state = FINAL[random.nextInt(FINAL.length)];
    run.enters(state, now);
    return "a run that ended is " + state + " now";
  }

  /** Its runs stay, and lead to no deployment. */
  public String deleteDeployment(Instant now) {
    int which = random.nextInt(deployments.length);
    if (!deleted.add(deployments[which].name())) {
      return "nothing changes";
    }
    workspace.delete(deployments[which], now);
    return "deployment " + deployments[which].name() + " is deleted";
  }

  /**
   * Up to {@code most} runs in each period, one deployment's without a success for a while; some
   * end right on a boundary, or at the same time.
   */
  public void work(Instant from, Instant to, Duration period, int most) {
    firstSuccess = from.plus(Duration.ofMinutes(75));
    Instant last = from;
    for (Instant start = from; start.isBefore(to); start = start.plus(period)) {
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        last = end(start, period, last);
        finish(last);
      }
    }
  }

  private Instant end(Instant start, Duration period, Instant last) {
    return switch (random.nextInt(8)) {
      case 0 -> start;
      case 1 -> last;
      case 2 -> start.plus(1, ChronoUnit.MICROS);
      default -> start.plus(random.nextLong(period.toSeconds() * 1_000_000), ChronoUnit.MICROS);
    };
  }

  private void finish(Instant end) {
    ServerStateType drawn = FINAL[random.nextInt(FINAL.length)];
    Duration time = Duration.of(1 + random.nextLong(600_000_000L), ChronoUnit.MICROS);
    int which = random.nextInt(deployments.length + 1);
    boolean tooEarly = which == LATECOMER && end.isBefore(firstSuccess);
    ServerStateType state =
        tooEarly && drawn == ServerStateType.COMPLETED ? ServerStateType.FAILED : drawn;
    boolean started = which == deployments.length || random.nextInt(5) > 0;
    String[] name = which == deployments.length ? new String[] {"report", "", ""} : names[which];
    Run run =
        which == deployments.length
            ? workspace.finished(flows[1], state, end, time)
            : started
                ? workspace.finished(deployments[which], state, end, time)
                : workspace.neverStarted(deployments[which], state, end);
    // Committed late, but within SETTLE.
    run.seenFrom(end.plusSeconds(random.nextInt(58)));
    facts.add(
        new Fact(
            run,
            name[0],
            name[1],
            name[2],
            state.name().toLowerCase(java.util.Locale.ROOT),
            started,
            started ? time.toNanos() / 1e9 : 0,
            end));
  }
}
