package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the runs that are due and not final. */
final class CurrentRunReader {
  private static final String DUE = "next_scheduled_start_time";
  private static final String EXPECTED = "expected_start_time";
  private static final String FOR_A_RETRY = "AwaitingRetry";
  private static final String FOR_A_SLOT = "AwaitingConcurrencySlot";

  /** Names of SCHEDULED in which a run waits for another attempt, not for its time to come. */
  private static final List<String> WAITING = List.of(FOR_A_RETRY, FOR_A_SLOT);

  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final List<String> SCHEDULED = List.of("SCHEDULED");
  private static final List<String> UNDER_WAY =
      List.of("PENDING", "RUNNING", "PAUSED", "CANCELLING");
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "work_pool_name",
          "work_queue_name",
          "deployment_id",
          "state_type",
          "state_name",
          "state.",
          "state.timestamp",
          "run_count",
          "start_time",
          EXPECTED,
          DUE);

  private final Paginator pages;
  private final JsonObject filter;

  CurrentRunReader(Paginator pages, JsonObject filter) {
    this.pages = pages;
    this.filter = filter;
  }

  void read(Instant now, Consumer<CurrentRun> each) throws SourceException {
    readDue(now, each);
    readWaiting(now, each);
    readUnderWay(now, each);
  }

  /** How many are to start then: new runs, not those that wait for another attempt. */
  long scheduled(Instant from, Instant to) throws SourceException {
    JsonObject state = QueryJson.stateType(SCHEDULED);
    state.add("name", QueryJson.noneOf(WAITING));
    JsonObject query = inState(state);
    query.getAsJsonObject("flow_runs").add(DUE, QueryJson.between(from, to));
    return pages.count("/flow_runs", query);
  }

  private void readDue(Instant now, Consumer<CurrentRun> each) throws SourceException {
    JsonObject state = QueryJson.stateType(SCHEDULED);
    state.add("name", QueryJson.noneOf(WAITING));
    Instant last = now.truncatedTo(ChronoUnit.MICROS);
    byTime(inState(state)).read(Instant.EPOCH, last, FIELDS, rows -> handOver(rows, now, each));
  }

  /**
   * By name, whatever their time: Prefect moves it ahead at every attempt, so that it has hardly
   * ever come.
   */
  private void readWaiting(Instant now, Consumer<CurrentRun> each) throws SourceException {
    JsonObject state = QueryJson.stateType(SCHEDULED);
    state.add("name", QueryJson.any(WAITING));
    JsonObject query = inState(state);
    // A worker asks for a slot some seconds before a run is due.
    query.getAsJsonObject("flow_runs").add(EXPECTED, QueryJson.until(now));
    // One that is moved ahead meanwhile comes again.
    var known = new HashSet<String>();
    byTime(query)
        .read(
            Instant.EPOCH,
            NEVER,
            FIELDS,
            rows -> handOver(KeysetScan.unknown(rows, known), now, each));
  }

  /** By the index in which only scheduled runs are, which are few beside all those that ended. */
  private KeysetScan byTime(JsonObject query) {
    return new KeysetScan(pages, DUE, "NEXT_SCHEDULED_START_TIME_ASC", false, query);
  }

  private void readUnderWay(Instant now, Consumer<CurrentRun> each) throws SourceException {
    JsonObject query = inState(QueryJson.stateType(UNDER_WAY));
    query.addProperty("sort", "ID_DESC");
    var known = new HashSet<String>();
    int offset = 0;
    boolean more = true;
    while (more) {
      Paginator.Page page;
      try {
        page = pages.ask("/flow_runs/filter", query, offset, FIELDS);
      } catch (Refused e) {
        pages.failUnlessUnrendered("/flow_runs/filter", query, e);
        readAround(query, known, now, each);
        return;
      }
      List<JsonRow> news = KeysetScan.unknown(page.rows(), known);
      handOver(news, now, each);
      offset += page.rows().size();
      more = page.full() && !news.isEmpty();
    }
  }

  /** Runs that cannot be shown are counted by their state, as of now and in no work pool. */
  private void readAround(
      JsonObject query, Set<String> known, Instant now, Consumer<CurrentRun> each)
      throws SourceException {
    var shown = new EnumMap<StateType, Long>(StateType.class);
    long unreadable =
        new NarrowReader(pages, "/flow_runs/filter", query, FIELDS)
            .read(rows -> {
              for (JsonRow row : rows) {
                shown.merge(StateType.of(row), 1L, Long::sum);
              }
              handOver(KeysetScan.unknown(rows, known), now, each);
            });
    pages.leftOut(unreadable);
    for (String name : UNDER_WAY) {
      StateType type = StateType.valueOf(name);
      long all = pages.count("/flow_runs", inState(QueryJson.stateType(List.of(name))));
      for (long run = shown.getOrDefault(type, 0L); run < all && unreadable > 0; run++) {
        unreadable--;
        each.accept(new CurrentRun("", "", "", state(type, ""), true, now, now));
      }
    }
  }

  private JsonObject inState(JsonObject state) {
    JsonObject query = filter.deepCopy();
    query.getAsJsonObject("flow_runs").add("state", state);
    return query;
  }

  private void handOver(List<JsonRow> rows, Instant now, Consumer<CurrentRun> each)
      throws SourceException {
    pages.each(rows, row -> each.accept(run(row, now)));
  }

  private static CurrentRun run(JsonRow row, Instant now) throws SourceException {
    Optional<Instant> expected = row.optionalInstant(EXPECTED);
    Optional<Instant> started = row.optionalInstant("start_time");
    CurrentState state = state(StateType.of(row), row.optionalText("state_name").orElse(""));
    Optional<Instant> due =
        switch (state) {
          case DUE, LATE, AWAITING_RETRY -> row.optionalInstant(DUE);
          case AWAITING_CONCURRENCY_SLOT, PENDING, RUNNING, PAUSED, CANCELLING -> expected;
        };
    Instant since =
        row.optionalInstant("state.timestamp").or(() -> started).or(() -> expected).orElse(now);
    return new CurrentRun(
        row.optionalText("work_pool_name").orElse(""),
        row.optionalText("work_queue_name").orElse(""),
        row.optionalText("deployment_id").orElse(""),
        state,
        row.number("run_count") > 0,
        due.or(() -> expected).or(() -> started).orElse(now),
        since);
  }

  private static CurrentState state(StateType type, String name) throws SourceException {
    return switch (type) {
      case SCHEDULED ->
          switch (name) {
            case "Late" -> CurrentState.LATE;
            case FOR_A_RETRY -> CurrentState.AWAITING_RETRY;
            case FOR_A_SLOT -> CurrentState.AWAITING_CONCURRENCY_SLOT;
            default -> CurrentState.DUE;
          };
      case PENDING -> CurrentState.PENDING;
      case RUNNING -> CurrentState.RUNNING;
      case PAUSED -> CurrentState.PAUSED;
      case CANCELLING -> CurrentState.CANCELLING;
      // Not asked for: a server that ignores the filter would hand over its whole history.
      case COMPLETED, FAILED, CRASHED, CANCELLED -> throw JsonRow.unusable("state_type");
    };
  }
}
