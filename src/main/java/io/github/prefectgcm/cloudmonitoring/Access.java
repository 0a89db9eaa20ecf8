package io.github.prefectgcm.cloudmonitoring;

/** What a call does, and the permission that it needs. */
enum Access {
  WRITE("write to", "monitoring.timeSeries.create", "roles/monitoring.metricWriter"),
  READ("read from", "monitoring.timeSeries.list", "roles/monitoring.viewer"),
  DECLARE(
      "write descriptors to",
      "monitoring.metricDescriptors.create",
      "roles/monitoring.metricWriter"),
  LOOK_UP(
      "read descriptors from",
      "monitoring.metricDescriptors.list",
      "roles/monitoring.metricWriter");

  final String verb;
  final String permission;

  /** The smallest predefined role with the permission. */
  final String role;

  Access(String verb, String permission, String role) {
    this.verb = verb;
    this.permission = permission;
    this.role = role;
  }
}
