package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The series between which a run can move while it is not known whether its window is written: its
 * state may be overwritten, its work pool deleted. They are written in one request, so that either
 * all of them have the window or none.
 *
 * <p>The series of one deployment are one group, whatever the metric. The series of a metric that
 * does not tell deployments apart are one group.
 *
 * @param metric the empty string for the group of a deployment
 */
public record WriteGroup(String metric, String flowName, String deploymentName) {
  /** The group that a series belongs to. */
  public static WriteGroup of(Series series) {
    Optional<String> deployment = series.label("deployment_name");
    return deployment.isEmpty()
        ? new WriteGroup(series.metric().name(), "", "")
        : new WriteGroup("", series.label("flow_name").orElse(""), deployment.get());
  }

  /** Samples by group: those of deployments first, then those of whole metrics. */
  static List<List<Sample>> of(List<Sample> samples) {
    var groups = new LinkedHashMap<WriteGroup, List<Sample>>();
    for (Sample sample : samples) {
      groups.computeIfAbsent(of(sample.series()), group -> new ArrayList<>()).add(sample);
    }
    var ordered = new ArrayList<List<Sample>>();
    for (boolean ofDeployments : new boolean[] {true, false}) {
      for (Map.Entry<WriteGroup, List<Sample>> group : groups.entrySet()) {
        if (group.getKey().metric().isEmpty() == ofDeployments) {
          ordered.add(group.getValue());
        }
      }
    }
    return ordered;
  }
}
