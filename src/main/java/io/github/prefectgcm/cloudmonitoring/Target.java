package io.github.prefectgcm.cloudmonitoring;

import io.github.prefectgcm.metric.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where to write, and as whom.
 *
 * @param project Google Cloud project id; if absent, the project of the credentials
 * @param metricPrefix such as {@code custom.googleapis.com/prefect}, without a trailing slash
 * @param location label of the monitored resource {@code generic_task}, as are the next two; its
 *     {@code task_id} is always {@code 0}
 * @param credentials where to look for the credentials to write with
 */
public record Target(
    Optional<String> project,
    Endpoint endpoint,
    String metricPrefix,
    String location,
    String namespace,
    String job,
    CredentialsSource credentials) {

  /** The type of the monitored resource. */
  public static final String RESOURCE = "generic_task";

  /** The {@code task_id}, which would tell parallel tasks apart; the job runs as one task. */
  private static final String TASK = "0";

  public String type(Metric metric) {
    return metricPrefix + "/" + metric.name();
  }

  /** The labels of the monitored resource, but for the project. */
  public Map<String, String> resource() {
    var labels = new LinkedHashMap<String, String>();
    labels.put("location", location);
    labels.put("namespace", namespace);
    labels.put("job", job);
    labels.put("task_id", TASK);
    return labels;
  }

  /** The series that are written, in one line. */
  public String series() {
    return "%s/… of generic_task{location=\"%s\", namespace=\"%s\", job=\"%s\"}"
        .formatted(metricPrefix, location, namespace, job);
  }
}
