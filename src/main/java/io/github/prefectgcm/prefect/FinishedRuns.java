package io.github.prefectgcm.prefect;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the runs that ended in a window. */
final class FinishedRuns {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "flow_id",
          "deployment_id",
          "work_pool_name",
          "state_type",
          "run_count",
          "total_run_time",
          "end_time");

  private final Scan scan;
  private final Names flows;
  private final Names deployments;

  FinishedRuns(Pages pages, Names flows, Names deployments, JsonObject filter) {
    this.scan = new Scan(pages, "end_time", "END_TIME_DESC", true, filter);
    this.flows = flows;
    this.deployments = deployments;
  }

  void read(Window window, Consumer<FinishedRun> each) throws SourceException {
    // Prefect keeps microseconds, and takes both ends in.
    Instant first = window.start().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    Instant last = window.end().truncatedTo(ChronoUnit.MICROS);
    scan.read(first, last, FIELDS, rows -> handOver(rows, each));
  }

  private void handOver(List<Row> rows, Consumer<FinishedRun> each) throws SourceException {
    var runs = new ArrayList<FinishedRun>(rows.size());
    lookUp(rows);
    for (Row row : rows) {
      Optional<FinalState> state = StateType.of(row).end();
      if (state.isPresent()) {
        runs.add(run(row, state.get()));
      }
    }
    runs.forEach(each);
  }

  private void lookUp(List<Row> rows) throws SourceException {
    var flowIds = new ArrayList<String>();
    var deploymentIds = new ArrayList<String>();
    for (Row row : rows) {
      flowIds.add(row.text("flow_id"));
      deploymentIds.add(row.optionalText("deployment_id").orElse(""));
    }
    flows.lookUp(flowIds);
    deployments.lookUp(deploymentIds);
  }

  private FinishedRun run(Row row, FinalState state) throws SourceException {
    var origin =
        new Origin(
            flows.of(row.text("flow_id")),
            deployments.of(row.optionalText("deployment_id").orElse("")),
            row.optionalText("work_pool_name").orElse(""));
    return new FinishedRun(
        origin,
        state,
        (int) Math.max(0, row.number("run_count")),
        row.seconds("total_run_time"),
        row.instant("end_time"));
  }
}
