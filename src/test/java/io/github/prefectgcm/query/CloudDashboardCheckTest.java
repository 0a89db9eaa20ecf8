package io.github.prefectgcm.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that a hand slips into a dashboard are found, each by its own sentence. */
class CloudDashboardCheckTest {
  private static final Path FLOWS = Path.of("terraform", "dashboards", "flows.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prefect/flow_run/run_time            | prefect/flow_run/runtime       | is not written
          generic_task                         | global                         | is not written for the resource global
          metric.label.state =                  | metric.label.status =          | has no metric.label.status to filter by
          \\"completed\\"                      | \\"COMPLETED\\"                |  has a metric.label.state that is never COMPLETED
          "metric.label.deployment_name"       | "metric.label.deployment"      | has no metric.label.deployment to group by
          metric.labels.deployment_name        | metric.labels.work_pool_name   | has a legend of metric.label.work_pool_name
          "ALIGN_DELTA"                        | "ALIGN_MEAN"                   | is a CUMULATIVE, which ALIGN_MEAN does not fit
          "ALIGN_DELTA"                        | "ALIGN_NEXT_OLDER"             | is a CUMULATIVE, which ALIGN_NEXT_OLDER does not fit
          "ALIGN_MAX"                          | "ALIGN_DELTA"                  | is a GAUGE, which ALIGN_DELTA does not fit
          "ALIGN_MAX"                          | "ALIGN_RATE"                   | is a GAUGE, which ALIGN_RATE does not fit
          "ALIGN_MAX"                          | "ALIGN_PERCENTILE_99"          | is a GAUGE, which ALIGN_PERCENTILE_99 does not fit
          "REDUCE_MAX"                         | "REDUCE_PERCENTILE_95"         | is of type INT64, which REDUCE_PERCENTILE_95 does not fit
          "REDUCE_PERCENTILE_95"               | "REDUCE_MAX"                   | is of type DISTRIBUTION, which REDUCE_MAX does not fit
          "REDUCE_PERCENTILE_95"               | "REDUCE_SUM"                   | is a distribution, and no number
          "STACKED_BAR"                        | "HEATMAP"                      | is no distribution, which a heat map needs
          "alignmentPeriod": "600s"            | "alignmentPeriod": "300s"      | is aligned to PT5M, shorter than PT10M
          "minAlignmentPeriod": "600s"         | "minAlignmentPeriod": "60s"    | has a short minAlignmentPeriod
          "aggregation": {                     | "secondaryAggregation": {"alignmentPeriod": "600s"}, "aggregation": { | has a secondaryAggregation
          "HEATMAP"                            | "HEAT_MAP"                     | no dashboard
          "timeSeriesFilterRatio"              | "ratio"                        | no dashboard
          "displayName": "Prefect: Flows"      | "displayName": ""              | displayName is missing
          "displayName"                        | "etag": "1", "displayName"     | name and etag are the server's to give
          "labelKey": "flow_name"              | "labelKey": "worker_name"      | the filter worker_name acts on no widget
          "METRIC_LABEL"                       | "RESOURCE_LABEL"               | the filter flow_name acts on no widget
          "width": 12                          | "width": 13                    | lies on
          "width": 48                          | "width": 49                    | does not fit into 48 columns
          "yPos": 4                            | "xPos": 0, "yPos": 4           | zeros, empty values or defaults are written
          "title": "Finished"                  | "title": ""                    | has no title
          "color": "RED",                      |                                | has a threshold without colour or direction
          "prometheusQuery"                    | "timeSeriesQueryLanguage"      | asks by TIME_SERIES_QUERY_LANGUAGE
          prefect_deployment_consecutive_failures | prefect_deployment_failures | failures
          vector(0)                            | vector(0                       | the end
          "3600s"                              | "7200s"                        | divides what does not fit together
          """)
  void faultsAreFound(String right, String wrong, String problem) throws IOException {
    List<String> problems =
        CloudDashboardCheck.problems(
            replacedFirst(Files.readString(FLOWS), right, wrong == null ? "" : wrong));
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)),
        () -> problem + ": " + problems);
  }

  @Test
  void aFilterThatCannotBeReadIsFound() throws IOException {
    String json = Files.readString(FLOWS).replace(" AND resource.type", " OR resource.type");
    assertTrue(
        CloudDashboardCheck.problems(json).stream().allMatch(each -> each.contains("no filter")));
  }

  @Test
  void somethingElseIsNoDashboard() {
    assertEquals(1, CloudDashboardCheck.problems("[]").size());
  }

  private static String replacedFirst(String text, String right, String wrong) {
    int at = text.indexOf(right);
    assertTrue(at >= 0, () -> "there is no " + right);
    return text.substring(0, at) + wrong + text.substring(at + right.length());
  }
}
