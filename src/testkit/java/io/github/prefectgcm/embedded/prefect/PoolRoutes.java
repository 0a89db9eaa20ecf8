package io.github.prefectgcm.embedded.prefect;

import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is asked of work pools, queues, workers and limits, without pages and order. */
record PoolRoutes(Workspace workspace, Instant now) {

  List<Pool> pools(Fields body) {
    Fields filter = body.object("work_pools").only(FilterKeys.WORK_POOLS);
    filter.without(Set.of("operator", "id", "type"));
    Optional<Set<String>> names = filter.object("name").only(Set.of("any_")).texts("any_");
    return workspace.pools(now).stream()
        .filter(pool -> names.isEmpty() || names.get().contains(pool.name()))
        .toList();
  }

  List<Queue> queues(Fields body) {
    body.object("work_queues").only(FilterKeys.WORK_QUEUES).without(FilterKeys.WORK_QUEUES);
    return workspace.pools(now).stream().flatMap(pool -> pool.queues.stream()).toList();
  }

  List<JsonObject> limits(PoolJson json) {
    return Stream.concat(
            workspace.limits().stream().map(PoolJson::limit),
            workspace.deployments(now).stream()
                .filter(deployment -> deployment.limit.isPresent())
                .map(json::limit))
        .toList();
  }

  /** The pool of {@code /work_pools/NAME/workers/filter}. */
  Pool ofWorkers(String route) {
    String name =
        URLDecoder.decode(
            route
                .substring("/work_pools/".length(), route.length() - "/workers/filter".length())
                .replace("+", "%2B"),
            StandardCharsets.UTF_8);
    return workspace.pools(now).stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new RefusedRequest(
                ServerResponse.detail(404, "Work pool \"%s\" not found.".formatted(name))));
  }
}
