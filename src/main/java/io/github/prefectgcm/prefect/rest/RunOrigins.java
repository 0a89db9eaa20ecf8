package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where flow runs come from, by name. */
record RunOrigins(NameCache flows, NameCache deployments) {
  /** The fields of a run that tell. */
  static final Set<String> FIELDS = Set.of("flow_id", "deployment_id", "work_pool_name", "tags");

  /** Looks up the names that are not known. */
  void lookUp(List<JsonRow> rows) throws SourceException {
    var flowIds = new ArrayList<String>();
    var deploymentIds = new ArrayList<String>();
    for (JsonRow row : rows) {
      flowIds.add(row.text("flow_id"));
      deploymentIds.add(deploymentId(row));
    }
    flows.lookUp(flowIds);
    deployments.lookUp(deploymentIds);
  }

  Origin of(JsonRow row) throws SourceException {
    return new Origin(
        flows.of(row.text("flow_id")),
        deployments.of(deploymentId(row)),
        row.optionalText("work_pool_name").orElse(""),
        deployments.owner(deploymentId(row), row.texts("tags")));
  }

  private static String deploymentId(JsonRow row) {
    return row.optionalText("deployment_id").orElse("");
  }
}
