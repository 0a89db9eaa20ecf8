package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * Builds request bodies. Prefect ignores a misspelt name on the top level, so each name is spelt in
 * one place.
 */
final class QueryJson {
  private QueryJson() {}

  static JsonObject of(String name, JsonElement value) {
    var object = new JsonObject();
    object.add(name, value);
    return object;
  }

  /** As {@code {"flow_runs": {...}}}, without subflow runs unless they are wanted. */
  static JsonObject flowRuns(boolean includeSubflows) {
    var filter = new JsonObject();
    if (!includeSubflows) {
      filter.add("parent_task_run_id", of("is_null_", new JsonPrimitive(true)));
    }
    return of("flow_runs", filter);
  }

  static JsonObject any(Collection<String> values) {
    return of("any_", array(values));
  }

  static JsonObject noneOf(Collection<String> values) {
    return of("not_any_", array(values));
  }

  private static JsonArray array(Collection<String> values) {
    var array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  static JsonObject stateType(Collection<String> types) {
    return of("type", any(types));
  }

  /** Both ends belong to it. */
  static JsonObject between(Instant first, Instant last) {
    JsonObject span = of("after_", time(first));
    span.add("before_", time(last));
    return span;
  }

  static JsonObject until(Instant last) {
    return of("before_", time(last));
  }

  static JsonPrimitive time(Instant time) {
    return new JsonPrimitive(time.truncatedTo(ChronoUnit.MICROS).toString());
  }
}
