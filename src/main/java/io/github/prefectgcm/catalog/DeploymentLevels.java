package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Dimension.DEPLOYMENT_NAME;
import static io.github.prefectgcm.catalog.Dimension.FLOW_NAME;
import static io.github.prefectgcm.catalog.Dimension.OWNER;
import static io.github.prefectgcm.catalog.Levels.age;
import static io.github.prefectgcm.catalog.Levels.flag;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Levels of deployments: whether they are scheduled, and what they do now. */
final class DeploymentLevels {
  private static final Label STATE = new Label("state", "late, pending or running.");

  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "deployment/schedule_active",
                  ValueType.INT64,
                  "1",
                  "Deployment scheduled",
                  "1 if the deployment has an active schedule and is not paused, else 0.",
                  FLOW_NAME.label(),
                  DEPLOYMENT_NAME.label(),
                  OWNER.label()),
              seen ->
                  byDeployment(
                      seen, each -> Optional.of(flag(each.scheduled() && !each.paused())))),
          Level.detail(
              gauge(
                  "deployment/ready",
                  ValueType.INT64,
                  "1",
                  "Deployment ready",
                  "1 if a worker or a process polls for runs of the deployment, as Prefect has it,"
                      + " else 0. Not written where Prefect keeps no status.",
                  FLOW_NAME.label(),
                  DEPLOYMENT_NAME.label(),
                  OWNER.label()),
              seen -> byDeployment(seen, each -> each.ready().map(Levels::flag))),
          Level.detail(
              gauge(
                  "deployment/current_run_count",
                  ValueType.INT64,
                  "1",
                  "Current runs of the deployment",
                  "Flow runs of the deployment that are late, pending or running.",
                  FLOW_NAME.label(),
                  DEPLOYMENT_NAME.label(),
                  STATE,
                  OWNER.label()),
              DeploymentLevels::currentRuns),
          new Level(
              gauge(
                  "deployment/oldest_running_age",
                  ValueType.DOUBLE,
                  "s",
                  "Age of the deployment's oldest running run",
                  "How long the longest running flow run of the deployment has been in RUNNING."
                      + " Written only while one runs.",
                  FLOW_NAME.label(),
                  DEPLOYMENT_NAME.label(),
                  OWNER.label()),
              seen ->
                  seen.currentRuns()
                      .flatMap(runs ->
                          byDeployment(
                              seen,
                              each ->
                                  Optional.of(runs.of(each.id(), CurrentState.RUNNING))
                                      .filter(crowd -> crowd.count() > 0)
                                      .map(crowd -> age(crowd.oldest(), seen.now()))))));

  private DeploymentLevels() {}

  private static Optional<Map<List<String>, Value>> byDeployment(
      Snapshot seen, Function<Deployment, Optional<Value>> value) {
    return seen.inventory()
        .map(known -> {
          var values = new TreeMap<List<String>, Value>(Levels.ORDER);
          for (Deployment deployment : known.deployments()) {
            value
                .apply(deployment)
                .ifPresent(its ->
                    values.put(row(flow(deployment), name(deployment), owner(deployment)), its));
          }
          return values;
        });
  }

  private static Optional<Map<List<String>, Value>> currentRuns(Snapshot seen) {
    if (seen.inventory().isEmpty() || seen.currentRuns().isEmpty()) {
      return Optional.empty();
    }
    CurrentRunCounts runs = seen.currentRuns().get();
    var values = new TreeMap<List<String>, Value>(Levels.ORDER);
    for (Deployment deployment : seen.inventory().get().deployments()) {
      var counts = new LinkedHashMap<String, Long>();
      counts.put("late", runs.lateOf(deployment.id()));
      counts.put("pending", runs.of(deployment.id(), CurrentState.PENDING).count());
      counts.put("running", runs.of(deployment.id(), CurrentState.RUNNING).count());
      counts.forEach((state, count) ->
          values.put(
              row(flow(deployment), name(deployment), state, owner(deployment)),
              new Int64Value(count)));
    }
    return Optional.of(values);
  }

  private static String flow(Deployment deployment) {
    return LabelValue.clean(deployment.origin().flowName());
  }

  private static String name(Deployment deployment) {
    return LabelValue.clean(deployment.origin().deploymentName());
  }

  private static String owner(Deployment deployment) {
    return LabelValue.clean(deployment.origin().owner());
  }
}
