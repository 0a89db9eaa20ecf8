package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the runs that ended in a window. */
final class FinishedRunReader {
  /** Prefect's own words, the same since it has such limits. */
  private static final String LIMIT_REACHED = "Deployment concurrency limit reached.";

  private static final String MESSAGE = "state.message";
  private static final String PID = "infrastructure_pid";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "flow_id",
          "deployment_id",
          "work_pool_name",
          "state_type",
          "run_count",
          "total_run_time",
          "end_time",
          PID,
          "state.",
          MESSAGE);

  private final Paginator pages;
  private final KeysetScan scan;
  private final NameCache flows;
  private final NameCache deployments;
  private final DeploymentDirectory directory;

  FinishedRunReader(
      Paginator pages,
      NameCache flows,
      NameCache deployments,
      DeploymentDirectory directory,
      JsonObject filter) {
    this.pages = pages;
    this.directory = directory;
    this.scan = new KeysetScan(pages, "end_time", "END_TIME_DESC", true, filter);
    this.flows = flows;
    this.deployments = deployments;
  }

  void read(Window window, Consumer<FinishedRun> each) throws SourceException {
    // Prefect keeps microseconds, and takes both ends in.
    Instant first = window.start().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    Instant last = window.end().truncatedTo(ChronoUnit.MICROS);
    var others = new UnreadableRunCounter(pages, scan.within(first, last), directory, flows);
    long before = pages.unreadable();
    long unreadable = scan.read(first, last, FIELDS, rows -> handOver(rows, each, others));
    // Last, as if they had ended first: a stretch that is counted in part has counted them.
    if (unreadable > 0 || pages.unreadable() > before) {
      others.find(window).forEach(each);
    }
  }

  private void handOver(List<JsonRow> rows, Consumer<FinishedRun> each, UnreadableRunCounter others)
      throws SourceException {
    var runs = new ArrayList<FinishedRun>(rows.size());
    List<JsonRow> complete = withState(rows);
    lookUp(complete);
    pages.each(
        complete,
        row -> {
          Optional<FinalState> state = StateType.of(row).end();
          if (state.isPresent()) {
            runs.add(run(row, state.get()));
            others.shown(
                state.get(), row.optionalText("deployment_id").orElse(""), row.text("flow_id"));
          }
        });
    runs.forEach(each);
  }

  /** A run whose state was lost is in no state that it could be counted by. */
  private List<JsonRow> withState(List<JsonRow> rows) {
    var complete = new ArrayList<JsonRow>(rows.size());
    for (JsonRow row : rows) {
      if (row.isNull("state_type")) {
        pages.leftOut(1);
      } else {
        complete.add(row);
      }
    }
    return complete;
  }

  private void lookUp(List<JsonRow> rows) throws SourceException {
    var flowIds = new ArrayList<String>();
    var deploymentIds = new ArrayList<String>();
    for (JsonRow row : rows) {
      flowIds.add(row.text("flow_id"));
      deploymentIds.add(row.optionalText("deployment_id").orElse(""));
    }
    flows.lookUp(flowIds);
    deployments.lookUp(deploymentIds);
  }

  private FinishedRun run(JsonRow row, FinalState state) throws SourceException {
    var origin =
        new Origin(
            flows.of(row.text("flow_id")),
            deployments.of(row.optionalText("deployment_id").orElse("")),
            row.optionalText("work_pool_name").orElse(""));
    int runCount = (int) Math.max(0, row.number("run_count"));
    return new FinishedRun(
        origin,
        state,
        runCount,
        row.seconds("total_run_time"),
        row.instant("end_time"),
        reason(row, state, runCount));
  }

  private static EndReason reason(JsonRow row, FinalState state, int runCount) {
    return switch (state) {
      case CANCELLED, COMPLETED -> {
        if (row.optionalText(MESSAGE).filter(LIMIT_REACHED::equals).isPresent()) {
          yield EndReason.CONCURRENCY_LIMIT;
        }
        boolean withdrawn = runCount == 0 && row.optionalText(PID).isEmpty();
        yield withdrawn ? EndReason.WITHDRAWN : EndReason.OTHER;
      }
      case FAILED, CRASHED -> EndReason.OTHER;
    };
  }
}
