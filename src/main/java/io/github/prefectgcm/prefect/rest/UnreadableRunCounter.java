package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts the runs of a window that Prefect cannot show. It can count them, by state, deployment and
 * flow; whatever is more than what it showed is one of them. Halves of the deployments, and of
 * halves, lead to the one that a run is of.
 */
final class UnreadableRunCounter {
  private record Shown(FinalState state, String deployment, String flow) {}

  private final Paginator pages;
  private final JsonObject filter;
  private final DeploymentDirectory directory;
  private final NameCache flows;
  private final Map<Shown, Long> shown = new HashMap<>();

  /**
   * @param filter of the runs of the window, as {@code {"flow_runs": {...}}}
   */
  UnreadableRunCounter(
      Paginator pages, JsonObject filter, DeploymentDirectory directory, NameCache flows) {
    this.pages = pages;
    this.filter = filter;
    this.directory = directory;
    this.flows = flows;
  }

  /** A run that was shown; the deployment is the empty string for a run without one. */
  void shown(FinalState state, String deployment, String flow) {
    shown.merge(new Shown(state, deployment, flow), 1L, Long::sum);
  }

  /** Those that were not. Their time within the window is not known, nor is their run time. */
  List<FinishedRun> find(Window window) throws SourceException {
    List<String> deployments =
        directory
            .ids()
            .orElseThrow(() ->
                SourceException.passing(
                    "Prefect cannot show all of its flow runs, and its deployments could not be"
                        + " listed to count the others by: the next execution goes on"));
    var found = new ArrayList<FinishedRun>();
    for (FinalState state : FinalState.values()) {
      long all = count(query(state)) - shown(state, each -> true);
      var ofThem = spread(deployments, all, ids -> missing(state, ids, Optional.empty()));
      ofThem.forEach((id, runs) -> add(found, directory.of(id), state, runs, window));
      long others = all - sum(ofThem);
      var none = spread(flows.ids(), others, ids -> withoutDeployment(state, ids));
      none.forEach((id, runs) -> add(found, new Origin(flows.of(id), "", ""), state, runs, window));
      long gone = others - sum(none);
      var left = spread(flows.ids(), gone, ids -> ofGone(state, ids, deployments));
      left.forEach((id, runs) ->
          add(found, new Origin(flows.of(id), Origin.DELETED, ""), state, runs, window));
      add(found, new Origin(Origin.DELETED, Origin.DELETED, ""), state, gone - sum(left), window);
    }
    return found;
  }

  private static long sum(Map<String, Long> runs) {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void add(
      List<FinishedRun> found, Origin origin, FinalState state, long runs, Window window) {
    for (long run = 0; run < runs; run++) {
      found.add(FinishedRun.unreadable(origin, state, window.start()));
    }
  }

  /** How many runs of some ids were not shown. */
  private interface Asking {
    long missing(List<String> ids) throws SourceException;
  }

  /** Which ids these many runs are of, as far as they are of any of them. */
  private static Map<String, Long> spread(List<String> ids, long runs, Asking asking)
      throws SourceException {
    var found = new HashMap<String, Long>();
    if (runs > 0 && !ids.isEmpty()) {
      divide(ids, asking.missing(ids), asking, found);
    }
    return found;
  }

  private static void divide(List<String> ids, long runs, Asking asking, Map<String, Long> found)
      throws SourceException {
    if (runs <= 0) {
      return;
    }
    if (ids.size() == 1) {
      found.put(ids.getFirst(), runs);
      return;
    }
    List<String> half = ids.subList(0, ids.size() / 2);
    long inHalf = asking.missing(half);
    divide(half, inHalf, asking, found);
    divide(ids.subList(ids.size() / 2, ids.size()), runs - inHalf, asking, found);
  }

  /** Runs of these deployments, and of these flows if there are any. */
  private long missing(FinalState state, List<String> ids, Optional<List<String>> flowIds)
      throws SourceException {
    if (ids.isEmpty()) {
      return 0;
    }
    JsonObject query = query(state);
    runs(query).add("deployment_id", QueryJson.any(ids));
    flowIds.ifPresent(each -> query.add("flows", QueryJson.of("id", QueryJson.any(each))));
    var all = Set.copyOf(ids);
    var ofFlows = flowIds.map(Set::copyOf);
    return count(query)
        - shown(
            state,
            each ->
                all.contains(each.deployment())
                    && ofFlows.filter(some -> !some.contains(each.flow())).isEmpty());
  }

  private long withoutDeployment(FinalState state, List<String> flowIds) throws SourceException {
    JsonObject query = query(state);
    runs(query).add("deployment_id", QueryJson.of("is_null_", new JsonPrimitive(true)));
    query.add("flows", QueryJson.of("id", QueryJson.any(flowIds)));
    var ofFlows = Set.copyOf(flowIds);
    return count(query)
        - shown(state, each -> ofFlows.contains(each.flow()) && each.deployment().isEmpty());
  }

  /** Runs of these flows whose deployment is gone: all that are neither of one nor without. */
  private long ofGone(FinalState state, List<String> flowIds, List<String> deployments)
      throws SourceException {
    JsonObject query = query(state);
    query.add("flows", QueryJson.of("id", QueryJson.any(flowIds)));
    var ofFlows = Set.copyOf(flowIds);
    return count(query)
        - shown(state, each -> ofFlows.contains(each.flow()))
        - missing(state, deployments, Optional.of(flowIds))
        - withoutDeployment(state, flowIds);
  }

  private long shown(FinalState state, Predicate<Shown> which) {
    return shown.entrySet().stream()
        .filter(each -> each.getKey().state() == state && which.test(each.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private JsonObject query(FinalState state) {
    JsonObject query = filter.deepCopy();
    runs(query).add("state", QueryJson.stateType(List.of(state.name())));
    return query;
  }

  private static JsonObject runs(JsonObject query) {
    return query.getAsJsonObject("flow_runs");
  }

  private long count(JsonObject query) throws SourceException {
    return pages.count("/flow_runs", query);
  }
}
