package io.github.prefectgcm.query;

import com.google.gson.JsonParser;
import com.google.monitoring.dashboard.v1.Dashboard;
import com.google.monitoring.dashboard.v1.DashboardFilter;
import com.google.monitoring.dashboard.v1.DashboardFilter.FilterType;
import com.google.monitoring.dashboard.v1.MosaicLayout;
import com.google.monitoring.dashboard.v1.Widget;
import io.github.prefectgcm.query.Tiles.Tile;
import io.github.prefectgcm.vocabulary.KnownMetric;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a dashboard for Cloud Monitoring. */
public final class CloudDashboardCheck {
  private static final int COLUMNS = 48;

  private CloudDashboardCheck() {}

  /** The problems, each with the widget that has it; none if all is well. */
  public static List<String> problems(String json) {
    Dashboard dashboard;
    try {
      dashboard = CloudDashboard.read(json);
    } catch (IllegalArgumentException e) {
      return List.of("no dashboard: " + e.getMessage());
    }
    var problems = new ArrayList<String>();
    if (dashboard.getDisplayName().isBlank()) {
      problems.add("displayName is missing");
    }
    if (!dashboard.getName().isEmpty() || !dashboard.getEtag().isEmpty()) {
      problems.add("name and etag are the server's to give");
    }
    if (!JsonParser.parseString(CloudDashboard.write(dashboard))
        .equals(JsonParser.parseString(json))) {
      problems.add("zeros, empty values or defaults are written: the API answers without them");
    }
    problems.addAll(layout(dashboard.getMosaicLayout()));
    List<Widget> widgets =
        dashboard.getMosaicLayout().getTilesList().stream()
            .map(MosaicLayout.Tile::getWidget)
            .toList();
    for (Widget widget : widgets) {
      WidgetRules.problems(widget).forEach(each -> problems.add(widget.getTitle() + ": " + each));
    }
    if (!problems.isEmpty()) {
      return problems;
    }
    for (DashboardFilter filter : dashboard.getDashboardFiltersList()) {
      if (widgets.stream().noneMatch(widget -> actsOn(filter, widget))) {
        problems.add("the filter " + filter.getLabelKey() + " acts on no widget");
      }
    }
    return problems;
  }

  private static List<String> layout(MosaicLayout layout) {
    if (layout.getColumns() != COLUMNS || layout.getTilesCount() == 0) {
      return List.of("no mosaicLayout of " + COLUMNS + " columns");
    }
    return Tiles.problems(
        layout.getTilesList().stream()
            .map(tile ->
                new Tile(
                    tile.getWidget().getTitle(),
                    tile.getXPos(),
                    tile.getYPos(),
                    tile.getWidth(),
                    tile.getHeight()))
            .toList(),
        COLUMNS);
  }

  private static boolean actsOn(DashboardFilter filter, Widget widget) {
    String path =
        (filter.getFilterType() == FilterType.RESOURCE_LABEL
                ? KnownMetric.RESOURCE_LABEL
                : KnownMetric.METRIC_LABEL)
            + filter.getLabelKey();
    return WidgetRules.metrics(widget).stream().anyMatch(metric -> metric.has(path));
  }
}
