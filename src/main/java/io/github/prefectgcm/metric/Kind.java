package io.github.prefectgcm.metric;

/**
 * Metric kinds that <a
 * href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.metricDescriptors#metrickind">
 * user-defined metrics</a> can have.
 */
public enum Kind {
  GAUGE,
  CUMULATIVE
}
