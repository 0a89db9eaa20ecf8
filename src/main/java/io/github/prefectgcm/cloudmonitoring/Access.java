package io.github.prefectgcm.cloudmonitoring;

/** What a call does, and the permission that it needs. */
enum Access {
  WRITE("write to", "monitoring.timeSeries.create", "roles/monitoring.metricWriter"),
  READ("read", "monitoring.timeSeries.list", "roles/monitoring.viewer");

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
