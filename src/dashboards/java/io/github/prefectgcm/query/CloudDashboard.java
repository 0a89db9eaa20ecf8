package io.github.prefectgcm.query;

import com.google.monitoring.dashboard.v1.Dashboard;
import com.google.monitoring.dashboard.v1.TimeSeriesQuery;
import com.google.monitoring.dashboard.v1.Widget;
import com.google.monitoring.dashboard.v1.XyChart.DataSet;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

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

  /** What a widget asks for. */
  public static List<TimeSeriesQuery> queries(Widget widget) {
    return switch (widget.getContentCase()) {
      case SCORECARD -> List.of(widget.getScorecard().getTimeSeriesQuery());
      case XY_CHART ->
          widget.getXyChart().getDataSetsList().stream().map(DataSet::getTimeSeriesQuery).toList();
      case TIME_SERIES_TABLE ->
          widget.getTimeSeriesTable().getDataSetsList().stream()
              .map(dataSet -> dataSet.getTimeSeriesQuery())
              .toList();
      default -> List.of();
    };
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
