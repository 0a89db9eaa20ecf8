package io.github.prefectgcm.cloudmonitoring;

import java.util.Optional;

/**
 * Where to write.
 *
 * @param project Google Cloud project id; if absent, the project of the credentials
 * @param metricPrefix such as {@code custom.googleapis.com/prefect}, without a trailing slash
 * @param location label of the monitored resource {@code generic_task}, as are the next two; its
 *     {@code task_id} is always {@code 0}
 */
public record Target(
    Optional<String> project,
    Endpoint endpoint,
    String metricPrefix,
    String location,
    String namespace,
    String job) {

  /** The series that are written, in one line. */
  public String series() {
    return "%s/… of generic_task{location=\"%s\", namespace=\"%s\", job=\"%s\"}"
        .formatted(metricPrefix, location, namespace, job);
  }
}
