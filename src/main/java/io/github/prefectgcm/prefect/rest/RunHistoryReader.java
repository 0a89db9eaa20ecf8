package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.prefect.http.Api;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts runs by state through Prefect's run history, as one bucket: many are slow. */
final class RunHistoryReader {
  private static final Set<String> FIELDS =
      Set.of("state_type", "state_name", "count_runs", "sum_estimated_run_time");

  private final Api api;
  private final JsonObject filter;

  RunHistoryReader(Api api, JsonObject filter) {
    this.api = api;
    this.filter = filter;
  }

  List<StateCount> read(Instant from, Instant to) throws SourceException {
    JsonObject query = filter.deepCopy();
    query.add("history_start", QueryJson.time(from));
    query.add("history_end", QueryJson.time(to));
    Duration span =
        Duration.between(from.truncatedTo(ChronoUnit.MICROS), to.truncatedTo(ChronoUnit.MICROS));
    query.addProperty("history_interval_seconds", span.toNanos() / 1e9);
    var counts = new ArrayList<StateCount>();
    for (JsonRow row : api.post("/flow_runs/history", query, RunHistoryReader::firstBucket)) {
      StateType type = StateType.of(row);
      counts.add(
          new StateCount(
              row.text("state_name"),
              type.usualName(),
              type.end().isPresent(),
              Math.round(row.number("count_runs")),
              row.number("sum_estimated_run_time")));
    }
    return counts;
  }

  /** Rounding may have added a second bucket, beyond the span. */
  private static List<JsonRow> firstBucket(JsonReader in) throws IOException, SourceException {
    if (in.peek() != JsonToken.BEGIN_ARRAY) {
      throw JsonRow.unusable("list");
    }
    List<JsonRow> states = List.of();
    in.beginArray();
    for (int bucket = 0; in.hasNext(); bucket++) {
      List<JsonRow> its = JsonRow.listWithin(in, "states", FIELDS);
      states = bucket == 0 ? its : states;
    }
    in.endArray();
    return states;
  }
}
