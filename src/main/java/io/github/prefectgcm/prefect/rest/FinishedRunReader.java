package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.RunDetails;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the runs that ended in a window. */
final class FinishedRunReader {
  private static final Set<String> FIELDS =
      Stream.of(
              RunOrigins.FIELDS,
              EndReasons.FIELDS,
              Set.of(
                  "id",
                  "name",
                  "state_id",
                  "state_type",
                  "run_count",
                  "total_run_time",
                  "expected_start_time",
                  "start_time",
                  "end_time"))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final Paginator pages;
  private final KeysetScan scan;
  private final NameCache flows;
  private final RunOrigins origins;
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
    this.origins = new RunOrigins(flows, deployments);
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
    origins.lookUp(complete);
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

  private FinishedRun run(JsonRow row, FinalState state) throws SourceException {
    int runCount = (int) Math.max(0, row.number("run_count"));
    return new FinishedRun(
        origins.of(row),
        state,
        runCount,
        row.seconds("total_run_time"),
        row.instant("end_time"),
        EndReasons.of(row, state, runCount),
        details(row, runCount > 0));
  }

  private static RunDetails details(JsonRow row, boolean started) throws SourceException {
    return new RunDetails(
        row.text("id"),
        row.optionalText("state_id").orElse(""),
        row.optionalText("name").orElse(""),
        row.optionalText(EndReasons.NAME).orElse(""),
        row.optionalText(EndReasons.MESSAGE).orElse(""),
        row.texts("tags"),
        row.optionalInstant("expected_start_time"),
        started ? row.optionalInstant("start_time") : Optional.empty());
  }
}
