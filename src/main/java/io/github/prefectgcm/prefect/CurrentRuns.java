package io.github.prefectgcm.prefect;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.SourceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the runs that are due and not final. */
final class CurrentRuns {
  private static final String DUE = "next_scheduled_start_time";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "work_pool_name",
          "state_type",
          "state_name",
          "state.",
          "state.timestamp",
          "run_count",
          "start_time",
          "expected_start_time",
          DUE);

  private final Pages pages;
  private final JsonObject filter;

  CurrentRuns(Pages pages, JsonObject filter) {
    this.pages = pages;
    this.filter = filter;
  }

  void read(Instant now, Consumer<CurrentRun> each) throws SourceException {
    readScheduled(now, each);
    readStarted(now, each);
  }

  /** In the order of their time, which keeps the query to those whose time has come. */
  private void readScheduled(Instant now, Consumer<CurrentRun> each) throws SourceException {
    var scan =
        new Scan(pages, DUE, "NEXT_SCHEDULED_START_TIME_ASC", false, inState(List.of("SCHEDULED")));
    Instant last = now.truncatedTo(ChronoUnit.MICROS);
    scan.read(Instant.EPOCH, last, FIELDS, rows -> handOver(rows, now, each));
  }

  private void readStarted(Instant now, Consumer<CurrentRun> each) throws SourceException {
    JsonObject query = inState(List.of("PENDING", "RUNNING", "PAUSED", "CANCELLING"));
    query.addProperty("sort", "ID_DESC");
    var known = new HashSet<String>();
    int offset = 0;
    boolean more = true;
    while (more) {
      var page = pages.page("/flow_runs/filter", query, offset, FIELDS);
      List<Row> news = Scan.unknown(page.rows(), known);
      handOver(news, now, each);
      offset += page.rows().size();
      more = page.full() && !news.isEmpty();
    }
  }

  private JsonObject inState(List<String> types) {
    JsonObject query = filter.deepCopy();
    query.getAsJsonObject("flow_runs").add("state", Query.stateType(types));
    return query;
  }

  private static void handOver(List<Row> rows, Instant now, Consumer<CurrentRun> each)
      throws SourceException {
    for (Row row : rows) {
      each.accept(run(row, now));
    }
  }

  private static CurrentRun run(Row row, Instant now) throws SourceException {
    Optional<Instant> expected = row.optionalInstant("expected_start_time");
    Optional<Instant> started = row.optionalInstant("start_time");
    StateType type = StateType.of(row);
    Optional<Instant> due = type == StateType.SCHEDULED ? row.optionalInstant(DUE) : expected;
    Instant since =
        row.optionalInstant("state.timestamp").or(() -> started).or(() -> expected).orElse(now);
    return new CurrentRun(
        row.optionalText("work_pool_name").orElse(""),
        state(type, row.optionalText("state_name").orElse("")),
        row.number("run_count") > 0,
        due.or(() -> expected).or(() -> started).orElse(now),
        since);
  }

  private static CurrentState state(StateType type, String name) throws SourceException {
    return switch (type) {
      case SCHEDULED ->
          switch (name) {
            case "Late" -> CurrentState.LATE;
            case "AwaitingRetry" -> CurrentState.AWAITING_RETRY;
            case "AwaitingConcurrencySlot" -> CurrentState.AWAITING_CONCURRENCY_SLOT;
            default -> CurrentState.DUE;
          };
      case PENDING -> CurrentState.PENDING;
      case RUNNING -> CurrentState.RUNNING;
      case PAUSED -> CurrentState.PAUSED;
      case CANCELLING -> CurrentState.CANCELLING;
      // Not asked for: a server that ignores the filter would hand over its whole history.
      case COMPLETED, FAILED, CRASHED, CANCELLED -> throw Row.unusable("state_type");
    };
  }
}
