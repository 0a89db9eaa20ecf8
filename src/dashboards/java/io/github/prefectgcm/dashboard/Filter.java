package io.github.prefectgcm.dashboard;

import io.github.prefectgcm.vocabulary.KnownMetric;

/** What the reader of a dashboard can narrow it down to: the value of a label. */
enum Filter {
  WORKSPACE("workspace", "Workspace", "namespace", true, "exporter/up"),
  WORK_POOL("work_pool", "Work pool", "work_pool_name", false, "flow_run/current_count"),
  FLOW("flow", "Flow", "flow_name", false, "flow_run/finished_count"),
  DEPLOYMENT("deployment", "Deployment", "deployment_name", false, "flow_run/finished_count");

  private final String variable;
  private final String title;
  private final String label;
  private final boolean ofResource;
  private final String metric;

  /**
   * What a filter is made of.
   *
   * @param ofResource whether it is a label of the monitored resource, not of the metric
   * @param metric a metric whose series show the values to choose from
   */
  Filter(String variable, String title, String label, boolean ofResource, String metric) {
    this.variable = variable;
    this.title = title;
    this.label = label;
    this.ofResource = ofResource;
    this.metric = metric;
  }

  String variable() {
    return variable;
  }

  String title() {
    return title;
  }

  String label() {
    return label;
  }

  boolean ofResource() {
    return ofResource;
  }

  String metric() {
    return metric;
  }

  /** The label as Cloud Monitoring's filters and Grafana name it. */
  String path() {
    return (ofResource ? KnownMetric.RESOURCE_LABEL : KnownMetric.METRIC_LABEL) + label;
  }
}
