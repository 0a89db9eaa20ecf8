package io.github.prefectgcm.dashboard;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All dashboards and the files that they are written to. To add a panel, edit one of the four. */
public final class Dashboards {
  static final List<Dashboard> ALL =
      List.of(
          Overview.DASHBOARD, Flows.DASHBOARD, Infrastructure.DASHBOARD, ExporterAndCost.DASHBOARD);

  private static final Path CLOUD_MONITORING = Path.of("terraform", "dashboards");
  private static final Path GRAFANA = Path.of("grafana", "dashboards");

  private Dashboards() {}

  /** Dashboards for Cloud Monitoring, by their files. */
  public static Map<Path, String> cloudMonitoring() {
    var files = new LinkedHashMap<Path, String>();
    for (Dashboard dashboard : ALL) {
      files.put(
          CLOUD_MONITORING.resolve(dashboard.file() + ".json"),
          CloudMonitoringFormat.write(dashboard));
    }
    return files;
  }

  /** Dashboards for Grafana, by their files. */
  public static Map<Path, String> grafana() {
    var files = new LinkedHashMap<Path, String>();
    for (Dashboard dashboard : ALL) {
      files.put(GRAFANA.resolve(dashboard.file() + ".json"), GrafanaFormat.write(dashboard));
    }
    return files;
  }
}
