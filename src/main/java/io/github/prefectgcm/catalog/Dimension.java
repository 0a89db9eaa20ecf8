package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import java.util.function.Function;

/** A label that a finished run gives a value to. */
enum Dimension {
  FLOW_NAME("flow_name", "Name of the flow.", run -> run.origin().flowName()),
  DEPLOYMENT_NAME(
      "deployment_name",
      "Name of the deployment; empty for a run started without one, (deleted) once it is gone.",
      run -> run.origin().deploymentName()),
  WORK_POOL_NAME(
      "work_pool_name",
      "Name of the work pool; empty for a run that uses none.",
      run -> run.origin().workPoolName()),
  STATE(
      "state",
      "Final state type: completed, failed, crashed or cancelled.",
      run -> run.state().label());

  private final Label label;
  private final Function<FinishedRun, String> value;

  Dimension(String key, String description, Function<FinishedRun, String> value) {
    this.label = new Label(key, description);
    this.value = value;
  }

  Label label() {
    return label;
  }

  String of(FinishedRun run) {
    return LabelValue.clean(value.apply(run));
  }
}
