package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Series;

/** Tells deployments apart, by names as labels have them. */
record DeploymentKey(String flowName, String deploymentName) {
  static DeploymentKey of(Origin origin) {
    return new DeploymentKey(
        LabelValue.clean(origin.flowName()), LabelValue.clean(origin.deploymentName()));
  }

  static DeploymentKey of(Series series) {
    return new DeploymentKey(
        series.label(Dimension.FLOW_NAME.label().key()).orElse(""),
        series.label(Dimension.DEPLOYMENT_NAME.label().key()).orElse(""));
  }

  // Not the generated ones, as with Series.

  @Override
  public boolean equals(Object other) {
    return other instanceof DeploymentKey that
        && flowName.equals(that.flowName)
        && deploymentName.equals(that.deploymentName);
  }

  @Override
  public int hashCode() {
    return 31 * flowName.hashCode() + deploymentName.hashCode();
  }
}
