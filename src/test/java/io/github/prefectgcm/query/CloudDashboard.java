package io.github.prefectgcm.query;

import com.google.monitoring.dashboard.v1.Dashboard;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/** Reads a dashboard as Cloud Monitoring does. */
public final class CloudDashboard {
  private CloudDashboard() {}

  /**
   * Reads JSON.
   *
   * @throws IllegalArgumentException if it is none, or has fields or values that are unknown
   */
  public static Dashboard read(String json) {
    var dashboard = Dashboard.newBuilder();
    try {
      JsonFormat.parser().merge(json, dashboard);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return dashboard.build();
  }

  /** The JSON that the API answers with, which leaves out whatever is a default. */
  static String write(Dashboard dashboard) {
    try {
      return JsonFormat.printer().print(dashboard);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
