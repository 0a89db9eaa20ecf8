package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Prefect's count of runs by present state, in buckets of their expected start. */
final class RunHistory {
  private static final int MOST_BUCKETS = 500;

  private RunHistory() {}

  static JsonArray read(Workspace workspace, Fields body, RunFilter filter, Instant now) {
    Instant start = required(body, "history_start");
    Instant end = required(body, "history_end");
    double seconds = body.number("history_interval_seconds").orElseThrow(RunHistory::missing);
    if (seconds < 1) {
      throw new RefusedRequest(
          ServerResponse.detail(422, "History interval must not be less than 1 second."));
    }
    Duration interval = Duration.ofNanos(Math.round(seconds * 1e9));
    var buckets = new JsonArray();
    // As SQLite, which answers one bucket even where there should be none.
    Instant from = start;
    do {
      buckets.add(bucket(workspace, filter, from, from.plus(interval), now));
      from = from.plus(interval);
    } while (from.isBefore(end) && buckets.size() < MOST_BUCKETS);
    return buckets;
  }

  private static Instant required(Fields body, String key) {
    return body.time(key).orElseThrow(RunHistory::missing);
  }

  private static RefusedRequest missing() {
    return RefusedRequest.invalid("missing", List.of(), "Field required", new JsonObject());
  }

  private static JsonObject bucket(
      Workspace workspace, RunFilter filter, Instant from, Instant to, Instant now) {
    var range = new Range(Optional.of(from), Optional.of(to));
    var bucket =
        new RunFilter(
            filter.endTime(),
            range,
            filter.open(),
            filter
                .matches()
                .and(row -> range.contains(row.run().expected) && row.run().expected.isBefore(to)));
    var states = new TreeMap<String, Sum>();
    for (RunRow row : workspace.rows(bucket, now)) {
      if (row.run().isStateless()) {
        throw RefusedRequest.failed();
      }
      states.merge(row.type() + " " + row.name(), Sum.of(row), Sum::plus);
    }
    var json = new JsonObject();
    json.addProperty("interval_start", RowJson.time(from));
    json.addProperty("interval_end", RowJson.time(to));
    var array = new JsonArray();
    states.values().forEach(sum -> array.add(sum.json()));
    json.add("states", array);
    return json;
  }

  private record Sum(
      ServerStateType type, String name, long count, long runSeconds, long lateSeconds) {

    /** Whole seconds of each run, as SQLite sums them. */
    static Sum of(RunRow row) {
      return new Sum(
          row.type(), row.name(), 1, row.estimated().toSeconds(), row.lateness().toSeconds());
    }

    Sum plus(Sum other) {
      return new Sum(
          type,
          name,
          count + other.count,
          runSeconds + other.runSeconds,
          lateSeconds + other.lateSeconds);
    }

    JsonObject json() {
      var json = new JsonObject();
      json.addProperty("state_type", type.name());
      json.addProperty("state_name", name);
      json.addProperty("count_runs", count);
      json.addProperty("sum_estimated_run_time", (double) runSeconds);
      json.addProperty("sum_estimated_lateness", (double) lateSeconds);
      return json;
    }
  }
}
