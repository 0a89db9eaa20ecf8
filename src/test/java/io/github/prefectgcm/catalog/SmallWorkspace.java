package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small workspace: two deployments of two flows, two work pools, one window after noon. */
final class SmallWorkspace {
  static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  static final Instant FIVE = NOON.plusSeconds(300);
  static final Instant TEN = NOON.plusSeconds(600);
  static final Window WINDOW = new Window(NOON, FIVE);
  static final Window NEXT = new Window(FIVE, TEN);

  static final Origin NIGHTLY = new Origin("etl", "nightly", "k8s");
  static final Origin TRAIN = new Origin("ml", "train", "gpu");
  static final Deployment NIGHTLY_DEPLOYMENT = new Deployment("id-1", NIGHTLY);
  static final Deployment TRAIN_DEPLOYMENT = new Deployment("id-2", TRAIN);

  static final WorkPool K8S = new WorkPool("k8s", "kubernetes", Optional.of(true), false);
  static final WorkPool GPU = new WorkPool("gpu", "process", Optional.of(false), true);

  static final Inventory INVENTORY =
      new Inventory(
          List.of(NIGHTLY_DEPLOYMENT, TRAIN_DEPLOYMENT),
          Set.of("etl", "ml", "adhoc"),
          List.of(GPU, K8S));

  private SmallWorkspace() {}

  /** A run of {@code seconds} that ended so many seconds after noon. */
  static FinishedRun run(Origin origin, FinalState state, double seconds, long end) {
    return new FinishedRun(
        origin, state, 1, Duration.ofNanos(Math.round(seconds * 1e9)), NOON.plusSeconds(end));
  }

  static FinishedRun neverStarted(Origin origin, FinalState state, long end) {
    return new FinishedRun(origin, state, 0, Duration.ZERO, NOON.plusSeconds(end));
  }

  static Metric metric(String name) {
    return Catalog.ALL.entries().stream()
        .map(Entry::metric)
        .filter(metric -> metric.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Labels that are left out at the end are empty, such as that of an owner. */
  static Series series(String name, String... labels) {
    Metric metric = metric(name);
    var all = new ArrayList<>(List.of(labels));
    while (all.size() < metric.labels().size()) {
      all.add("");
    }
    return new Series(metric, all);
  }

  /** What is observed at noon if nothing can be read. */
  static Snapshot blind() {
    return new Sight().snapshot();
  }

  static Snapshot seen(List<WorkPool> pools, CurrentRun... runs) {
    return new Sight().pools(pools).runs(runs).snapshot();
  }

  static Snapshot seen(List<WorkPool> pools, List<Worker> workers) {
    return new Sight().pools(pools).workers(workers).snapshot();
  }

  static Snapshot seen(StateCount... expected) {
    return new Sight().expected(expected).snapshot();
  }

  static Snapshot seen(Exporter job) {
    return new Sight().unhealthy().job(job).snapshot();
  }

  /** The measured values of one level by their labels; all its points are at noon. */
  static Map<List<String>, Value> measured(String name, Snapshot seen) {
    var values = new LinkedHashMap<List<String>, Value>();
    for (Sample sample : Catalog.ALL.levels(seen)) {
      if (sample.series().metric().equals(metric(name))) {
        boolean isNow =
            sample.point().start().equals(seen.now()) && sample.point().end().equals(seen.now());
        if (!isNow) {
          throw new AssertionError("not measured now: " + sample);
        }
        values.put(sample.series().labels(), sample.point().value());
      }
    }
    return values;
  }
}
