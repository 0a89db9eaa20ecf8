package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which of the labels that tell flows, deployments, work pools and owners apart are filled in. The
 * others are the empty string, and series that differ by them alone add up.
 *
 * @param ofNumbers their keys
 * @param ofDistributions the same for distributions, of which each series costs ten times as much
 */
public record LabelSelection(Set<String> ofNumbers, Set<String> ofDistributions) {
  /** The keys to choose from. */
  public static final List<String> KEYS =
      List.of("flow_name", "deployment_name", "work_pool_name", "owner");

  /** What is filled in unless somebody decides otherwise. */
  public static final LabelSelection STANDARD =
      new LabelSelection(Set.copyOf(KEYS), Set.of("work_pool_name"));

  public LabelSelection {
    ofNumbers = Set.copyOf(ofNumbers);
    ofDistributions = Set.copyOf(ofDistributions);
  }

  /** Whether a label of a metric is filled in. */
  boolean fills(Metric metric, String key) {
    return !Dimension.OPTIONAL.contains(key) || of(metric).contains(key);
  }

  /** Whether a series has nothing in a label that is left empty. */
  boolean fits(Series series) {
    List<String> labels = series.labels();
    return IntStream.range(0, labels.size())
        .allMatch(i ->
            labels.get(i).isEmpty()
                || fills(series.metric(), series.metric().labels().get(i).key()));
  }

  /** An origin as the labels of a metric show it. */
  Origin shown(Metric metric, Origin origin) {
    Set<String> filled = of(metric);
    return new Origin(
        filled.contains("flow_name") ? origin.flowName() : "",
        filled.contains("deployment_name") ? origin.deploymentName() : "",
        filled.contains("work_pool_name") ? origin.workPoolName() : "",
        filled.contains("owner") ? origin.owner() : "");
  }

  private Set<String> of(Metric metric) {
    return metric.valueType() == ValueType.DISTRIBUTION ? ofDistributions : ofNumbers;
  }
}
