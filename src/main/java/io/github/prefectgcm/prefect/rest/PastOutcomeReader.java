package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the last success of deployments and the failures since, with few requests: one page often
 * tells about many deployments.
 */
final class PastOutcomeReader {
  private static final List<String> SUCCESS = List.of("COMPLETED");
  private static final List<String> FAILURE = List.of("FAILED", "CRASHED");
  private static final Set<String> FIELDS = Set.of("id", "deployment_id", "state_type", "end_time");

  private final Paginator pages;
  private final JsonObject filter;
  private final Instant until;
  private int calls;

  PastOutcomeReader(Paginator pages, JsonObject filter, Instant until, int calls) {
    this.pages = pages;
    this.filter = filter;
    this.until = until.truncatedTo(ChronoUnit.MICROS);
    this.calls = calls;
  }

  Map<Deployment, Outcomes> read(List<Deployment> deployments) throws SourceException {
    var byId = new LinkedHashMap<String, Deployment>();
    deployments.forEach(deployment -> byId.put(deployment.id(), deployment));
    var found = new HashMap<Deployment, Outcomes>();
    for (List<String> ids : NameCache.chunks(byId.keySet(), Paginator.LONGEST)) {
      for (var outcomes : settle(ids).entrySet()) {
        Deployment deployment = byId.get(outcomes.getKey());
        if (deployment != null) {
          found.put(deployment, outcomes.getValue());
        }
      }
    }
    return found;
  }

  private Map<String, Outcomes> settle(List<String> ids) throws SourceException {
    Map<String, Optional<Instant>> successes = lastSuccesses(ids);
    var settled = new HashMap<String, Outcomes>();
    if (successes.isEmpty() || calls <= 0) {
      return settled;
    }
    Paginator.Page failures = newest(FAILURE, successes.keySet());
    for (String id : ids) {
      Optional<Instant> success = successes.getOrDefault(id, Optional.empty());
      if (!successes.containsKey(id)) {
        continue;
      }
      Instant since = success.orElse(Instant.EPOCH);
      if (reaches(failures, since)) {
        settled.put(id, new Outcomes(success, countSince(since, id, failures.rows())));
      } else if (calls > 0) {
        calls--;
        long count = runs(FAILURE, List.of(id)).count(since, until);
        settled.put(id, new Outcomes(success, count));
      }
    }
    return settled;
  }

  /** Of those deployments of which it is known; half of the calls are left for the failures. */
  private Map<String, Optional<Instant>> lastSuccesses(List<String> ids) throws SourceException {
    var found = new HashMap<String, Optional<Instant>>();
    var pending = new LinkedHashSet<>(ids);
    int reserve = calls / 2;
    while (!pending.isEmpty() && calls > reserve) {
      Paginator.Page page = newest(SUCCESS, pending);
      for (JsonRow row : page.rows()) {
        if (pending.remove(row.text("deployment_id"))) {
          found.put(row.text("deployment_id"), Optional.of(row.instant("end_time")));
        }
      }
      if (!page.full()) {
        pending.forEach(id -> found.put(id, Optional.empty()));
        pending.clear();
      }
    }
    return found;
  }

  /** Whether a page of newest runs holds all since a time, that time included. */
  private static boolean reaches(Paginator.Page page, Instant since) throws SourceException {
    return !page.full() || page.rows().getLast().instant("end_time").isBefore(since);
  }

  private static long countSince(Instant since, String id, List<JsonRow> rows)
      throws SourceException {
    long count = 0;
    for (JsonRow row : rows) {
      if (row.text("deployment_id").equals(id) && !row.instant("end_time").isBefore(since)) {
        count++;
      }
    }
    return count;
  }

  private Paginator.Page newest(List<String> states, Collection<String> ids)
      throws SourceException {
    calls--;
    Paginator.Page page = runs(states, ids).first(Instant.EPOCH, until, FIELDS);
    for (JsonRow row : page.rows()) {
      if (!ids.contains(row.text("deployment_id"))) {
        throw JsonRow.unusable("deployment_id");
      }
      if (!states.contains(row.text("state_type"))) {
        throw JsonRow.unusable("state_type");
      }
    }
    return page;
  }

  private KeysetScan runs(List<String> states, Collection<String> ids) {
    JsonObject query = filter.deepCopy();
    JsonObject runs = query.getAsJsonObject("flow_runs");
    runs.add("deployment_id", QueryJson.any(new ArrayList<>(ids)));
    runs.add("state", QueryJson.stateType(states));
    return new KeysetScan(pages, "end_time", "END_TIME_DESC", true, query);
  }
}
