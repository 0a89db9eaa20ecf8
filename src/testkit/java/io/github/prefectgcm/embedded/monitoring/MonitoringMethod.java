package io.github.prefectgcm.embedded.monitoring;

/** The methods of Cloud Monitoring's MetricService that the embedded server speaks. */
public enum MonitoringMethod {
  CREATE_TIME_SERIES("monitoring.timeSeries.create"),
  LIST_TIME_SERIES("monitoring.timeSeries.list"),
  CREATE_METRIC_DESCRIPTOR("monitoring.metricDescriptors.create"),
  DELETE_METRIC_DESCRIPTOR("monitoring.metricDescriptors.delete"),
  GET_METRIC_DESCRIPTOR("monitoring.metricDescriptors.get"),
  LIST_METRIC_DESCRIPTORS("monitoring.metricDescriptors.list");

  private final String permission;

  MonitoringMethod(String permission) {
    this.permission = permission;
  }

  /** What a caller must be allowed. */
  public String permission() {
    return permission;
  }
}
