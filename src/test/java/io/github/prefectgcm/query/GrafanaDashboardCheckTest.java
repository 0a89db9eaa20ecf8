package io.github.prefectgcm.query;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that a hand slips into a dashboard are found, each by its own sentence. */
class GrafanaDashboardCheckTest {
  private static final Path FLOWS = Path.of("grafana", "dashboards", "flows.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          prefect/flow_run/never_started_count ; prefect/flow_run/unstarted_count ; is not written
          "generic_task"                       ; "global"                       ; is not written for the resource global
          "failed|crashed"                     ; "failed|broken"                ; that is never broken
          "metric.label.work_pool_name",       ; "metric.label.pool",           ; has no metric.label.pool to filter by
          "labelKey": "metric.label.flow_name" ; "labelKey": "metric.label.flow" ; has no metric.label.flow to choose from
          "groupBys": [],                      ; "groupBys": ["metric.label.job"], ; has no metric.label.job to group by
          "perSeriesAligner": "ALIGN_DELTA"    ; "perSeriesAligner": "ALIGN_MAX" ; is a CUMULATIVE, which ALIGN_MAX does not fit
          "perSeriesAligner": "ALIGN_MAX"      ; "perSeriesAligner": "ALIGN_RATE" ; is a GAUGE, which ALIGN_RATE does not fit
          "perSeriesAligner": "ALIGN_MAX"      ; "perSeriesAligner": "MAX"      ; MAX
          "REDUCE_PERCENTILE_95"               ; "REDUCE_SUM"                   ; is a distribution, and no number
          "heatmap"                            ; "timeseries"                   ; is a distribution, and no number
          "+600s"                              ; "+60s"                         ; is aligned to PT1M, shorter than PT10M
          "+600s"                              ; "10m"                          ; is aligned to 10m
          "stackdriver",                       ; "prometheus",                  ; asks another data source
          "timeSeriesList",                    ; "timeSeriesQuery",             ; asks by timeSeriesQuery
          "crossSeriesReducer"                 ; "reducer"                      ; crossSeriesReducer is missing in LIST
          "expr"                               ; "query"                        ; query is unknown in PROMQL
          "schemaVersion"                      ; "version"                      ; schemaVersion is missing in DASHBOARD
          "gridPos"                            ; "grid"                         ; gridPos is missing in TEXT
          "stat"                               ; "singlestat"                   ; is a panel of type singlestat
          "id": 3                              ; "id": 4                        ; has the id of another panel
          "w": 6                               ; "w": 7                         ; lies on
          "AND",                               ; "OR",                          ; no filter
          "=",                                 ; "==",                          ; no operator
          "name": "flow"                       ; "name": "flows"                ; no variable is called flow
          [3600s]                              ; [$__range]                     ; no variable is called __range
          [3600s]                              ; [$__range]                     ; has a variable that the data source does not
          ${flow:pipe}                         ; $flow                          ; has a variable that the data source does not
          "$C / $D"                            ; "$C / $F"                      ; no query is called F
          "reducer": "sum"                     ; "reducer": "last"              ; reduces by another
          "topk(10, max                        ; "(max                          ; shows more than ten
          "type": "math"                       ; "type": "sql"                  ; works out sql
          finished_count{                      ; ended_count{                   ; ended_count
          """)
  void faultsAreFound(String right, String wrong, String problem) throws IOException {
    String json = Files.readString(FLOWS);
    int at = json.indexOf(right, right.equals("\"stackdriver\",") ? json.indexOf("targets") : 0);
    assertTrue(at >= 0, () -> "there is no " + right);
    List<String> problems =
        GrafanaDashboardCheck.problems(
            json.substring(0, at) + wrong + json.substring(at + right.length()));
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)),
        () -> problem + ": " + problems);
  }

  @Test
  void promQlWithoutAFormBesideItIsTakenForAnOldQuery() throws IOException {
    JsonObject dashboard = JsonParser.parseString(Files.readString(FLOWS)).getAsJsonObject();
    for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
      if (panel.toString().contains("\"promQL\"")) {
        panel
            .getAsJsonObject()
            .getAsJsonArray("targets")
            .get(0)
            .getAsJsonObject()
            .remove("timeSeriesList");
      }
    }
    List<String> problems = GrafanaDashboardCheck.problems(dashboard.toString());

    assertTrue(problems.size() > 3, problems::toString);
    assertTrue(
        problems.stream()
            .allMatch(each -> each.endsWith("timeSeriesList is missing in PROMQL_TARGET")),
        problems::toString);
  }
}
