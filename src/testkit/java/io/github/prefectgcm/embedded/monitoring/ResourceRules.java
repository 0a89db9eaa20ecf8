package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MonitoredResource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which monitored resources user-defined metrics can be written to, and with which labels.
 *
 * @see <a href="https://cloud.google.com/monitoring/api/resources">Monitored resource types</a>
 */
final class ResourceRules {
  private static final Map<String, List<String>> LABELS =
      Map.of(
          "global", List.of(),
          "generic_task", List.of("location", "namespace", "job", "task_id"),
          "generic_node", List.of("location", "namespace", "node_id"),
          "gce_instance", List.of("instance_id", "zone"),
          "k8s_container",
              List.of("location", "cluster_name", "namespace_name", "pod_name", "container_name"),
          "prometheus_target", List.of("location", "cluster", "namespace", "job", "instance"));

  // Regions and zones of Google Cloud (us-central1, europe-west10-a) and AWS (eu-west-1b).
  private static final Pattern LOCATION =
      Pattern.compile("global|[a-z]+-[a-z]+\\d+(-[a-z])?|(aws:)?[a-z]+(-[a-z]+)+-\\d[a-z]?");

  private ResourceRules() {}

  static void check(String series, MonitoredResource resource) throws RefusedSeries {
    List<String> expected = LABELS.get(resource.getType());
    if (expected == null) {
      throw new RefusedSeries(
          "Metrics cannot be written to %s. See https://cloud.google.com/monitoring/custom-metrics/creating-metrics#which-resource for a list of writable resource types."
              .formatted(resource.getType()));
    }
    List<String> missing =
        expected.stream().filter(key -> !resource.containsLabels(key)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new RefusedSeries(
          "The set of resource labels is incomplete. Missing labels: (%s)."
              .formatted(String.join(" ", missing)));
    }
    for (String key : resource.getLabelsMap().keySet().stream().sorted().toList()) {
      if (!expected.contains(key) && !key.equals("project_id")) {
        throw RefusedSeries.field(series + ".resource.labels", key, "Unrecognized resource label.");
      }
    }
    for (var label : resource.getLabelsMap().entrySet()) {
      LabelRules.checkValue(series + ".resource.labels", label.getKey(), label.getValue());
    }
    String location = resource.getLabelsOrDefault("location", "global");
    if (!LOCATION.matcher(location).matches()) {
      throw new RefusedSeries("Unrecognized region or location.");
    }
  }

  static boolean hasLabel(String type, String key) {
    return key.equals("project_id") || LABELS.getOrDefault(type, List.of()).contains(key);
  }
}
