package io.github.prefectgcm.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlCheckTest {
  /** Queries are written short here: what the metrics of the job, and their resource, look like. */
  private static String full(String query) {
    return query
        .replaceAll("@([a-z_]+)\\{}", "custom_googleapis_com:prefect_$1{R}")
        .replaceAll("@([a-z_]+)\\{", "custom_googleapis_com:prefect_$1{R,")
        .replace("R", "monitored_resource=\"generic_task\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (flow_name) (increase(@flow_run_finished_count{state=~'failed|crashed'}[1h]))",
        "max by (namespace) (last_over_time(@exporter_up{}[15m])) == 0",
        "sum(rate(@flow_run_run_time{}[1h])) / sum(rate(@flow_run_finished_count{}[1h]))",
        "histogram_quantile(0.95, sum by (le) (increase(@flow_run_execution_times_bucket{}[6h])))",
        "sum(increase(@flow_run_execution_times_count{state='failed'}[1h]))",
        "topk(5, max by (flow_name) (max_over_time(@deployment_consecutive_failures{}[10m])))",
        "max_over_time(@exporter_up{}[1d]) unless max_over_time(@exporter_up{}[15m])",
        "count_over_time(@exporter_window_count{}[1h]) < 3",
        "absent_over_time(@exporter_up{namespace='acme'}[15m])",
        "sum(max_over_time(@flow_run_current_count{state!='due'}[10m])) by (work_pool_name)",
        "sum without (state) (max_over_time(@flow_run_oldest_age{}[10m]))",
        "sum by (work_pool_name) (max_over_time(@flow_run_late_count{}[15m])) > 0"
            + " and on (work_pool_name)"
            + " max by (namespace, work_pool_name)"
            + " (max_over_time(@work_pool_worker_count{status='online'}[15m])) == 0",
        "max_over_time(@exporter_up{}[15m]) * on (namespace) group_left (version)"
            + " max by (namespace, version) (max_over_time(@exporter_build_info{}[15m]))",
        "sum(increase(run_googleapis_com:job_completed_execution_count"
            + "{monitored_resource='cloud_run_job',result='failed'}[5m]))",
        "-1 + 2 ^ -0.5 * clamp(vector(time()), 0, 1)",
        "max_over_time(sum(increase(@flow_run_finished_count{}[10m]))[1h:5m])",
      })
  void rightQueriesHaveNoProblems(String query) {
    assertEquals(List.of(), PromqlCheck.problems(full(query)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          last_over_time(@flow_run_finnished_count{}[15m]) => there is no metric
          sum by (flow) (increase(@flow_run_finished_count{}[1h])) => no such label
          sum without (flow) (increase(@flow_run_finished_count{}[1h])) => no such label
          increase(@flow_run_finished_count{flow='a'}[1h]) => has no label flow
          increase(@flow_run_finished_count{state='done'}[1h]) => never written with state done
          increase(@flow_run_finished_count{state=~'failed|crash'}[1h]) => never written with state
          increase(@flow_run_finished_count{state=~'(failed'}[1h]) => no regular expression
          increase(custom_googleapis_com:prefect_flow_run_run_time[1h]) => needs monitored_resource
          @flow_run_finished_count{} => use increase or rate, not its value
          max_over_time(@flow_run_finished_count{}[1h]) => use increase or rate, not max_over_time
          increase(@flow_run_finished_count{}[5m]) => too few for PT5M
          increase(@exporter_up{}[1h]) => is a gauge
          @exporter_up{} == 0 => in the last five minutes only
          increase(@flow_run_execution_times{}[1h]) => is a distribution
          histogram_quantile(0.9, sum(increase(@flow_run_execution_times_bucket{}[1h]))) => label le
          increase(@exporter_up_bucket{}[1h]) => there is no metric
          rate(last_over_time(@exporter_up{}[1h])) => rate does not take arguments
          increase(@flow_run_run_time{}) => increase does not take arguments
          mean(last_over_time(@exporter_up{}[1h])) => there is no function mean
          last_over_time(@exporter_up{}[1h]) and 1 => takes two vectors
          sum(@exporter_up{}[1h]) => sum takes an instant vector
          @exporter_up{}[1h] => the query yields a RANGE
          sum(last_over_time(@exporter_up{}[1h]) => expected
          last_over_time(@exporter_up{}[1h]) last => unexpected at
          last_over_time(@exporter_up{}[1h] offset 5m) => expected
          last_over_time(@exporter_up{x}[1h]) => unexpected
          last_over_time(@exporter_up{}[60]) => unexpected
          vector(1)[1h] => only a selector has a range
          topk(max_over_time(@exporter_up{}[1h])) => takes 2 argument(s)
          ° => nothing of PromQL
          """)
  void faultsAreFound(String query, String problem) {
    List<String> problems = PromqlCheck.problems(full(query));
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)), () -> query + ": " + problems);
  }

  @Test
  void vectorsThatNeverMeetAreFound() {
    String failed = "sum by (flow_name) (increase(@flow_run_finished_count{}[1h]))";
    String all = "sum by (state) (increase(@flow_run_finished_count{}[1h]))";

    assertProblem(failed + " / " + all, "/ meets nothing: one side has the labels [flow_name]");
    assertProblem(failed + " unless " + all, "unless meets nothing");
    assertProblem(failed + " / on (flow_name) " + all, "which a side does not have");
    assertProblem(failed + " / on () " + all, "differ by [flow_name]: say group_left");
    assertProblem(failed + " / on () " + all, "differ by [state]: say group_right");
  }

  private static void assertProblem(String query, String problem) {
    List<String> problems = PromqlCheck.problems(full(query));
    assertTrue(
        problems.stream().anyMatch(each -> each.contains(problem)), () -> query + ": " + problems);
  }

  @Test
  void labelsOfTheResultAreThoseThatAnIncidentNames() {
    assertEquals(
        Set.of("namespace", "work_pool_name"),
        PromqlCheck.labels(
            full(
                "max by (namespace, work_pool_name) (max_over_time(@flow_run_late_count{}[15m]))"
                    + " > 0 and on (work_pool_name)"
                    + " max by (work_pool_name) (max_over_time(@work_pool_paused{}[15m])) == 0")));
    assertEquals(
        Set.of("project_id", "location", "namespace", "job", "task_id"),
        PromqlCheck.labels(full("last_over_time(@exporter_up{}[15m])")));
    assertEquals(
        Set.of("namespace"),
        PromqlCheck.labels(full("absent_over_time(@exporter_up{namespace='a'}[15m])")));
  }
}
