package io.github.prefectgcm.catalog;

import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.LabelValue;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A label that what is counted gives a value to.
 *
 * @param <R> what is counted
 */
sealed interface Dimension<R> {
  Dimension<Occurrence> FLOW_NAME =
      new OfOrigin(new Label("flow_name", "Name of the flow."), Origin::flowName);

  Dimension<Occurrence> DEPLOYMENT_NAME =
      new OfOrigin(
          new Label(
              "deployment_name",
              "Name of the deployment; empty for a run started without one, (deleted) once it is"
                  + " gone."),
          Origin::deploymentName);

  Dimension<Occurrence> WORK_POOL_NAME =
      new OfOrigin(
          new Label("work_pool_name", "Name of the work pool; empty for a run that uses none."),
          Origin::workPoolName);

  Dimension<Occurrence> OWNER =
      new OfOrigin(
          new Label(
              "owner",
              "Whose it is: what follows OWNER_TAG in a tag of the deployment, or else of the run;"
                  + " empty if there is no such tag."),
          Origin::owner);

  Dimension<FinishedRun> STATE =
      new OfRow<>(
          new Label("state", "Final state type: completed, failed, crashed or cancelled."),
          run -> run.state().label(),
          Stream.of(FinalState.values()).map(FinalState::label).toList());

  /** The labels that people may choose to leave empty. */
  Set<String> OPTIONAL =
      Set.of(
          FLOW_NAME.label().key(),
          DEPLOYMENT_NAME.label().key(),
          WORK_POOL_NAME.label().key(),
          OWNER.label().key());

  Label label();

  String of(R row);

  /** The values that it has for an origin, whatever happened there. */
  List<String> values(Origin origin);

  /** Where something comes from, in part. */
  record OfOrigin(Label label, Function<Origin, String> value) implements Dimension<Occurrence> {
    @Override
    public String of(Occurrence row) {
      return LabelValue.clean(value.apply(row.origin()));
    }

    @Override
    public List<String> values(Origin origin) {
      return List.of(LabelValue.clean(value.apply(origin)));
    }
  }

  /**
   * What happened, in part.
   *
   * @param values all that there are
   */
  record OfRow<R>(Label label, Function<R, String> value, List<String> values)
      implements Dimension<R> {
    public OfRow {
      values = List.copyOf(values);
    }

    @Override
    public String of(R row) {
      return value.apply(row);
    }

    @Override
    public List<String> values(Origin origin) {
      return values;
    }
  }

  /** A label that is left empty, so that series that differ by it alone add up. */
  record Blank(Label label) implements Dimension<Object> {
    @Override
    public String of(Object row) {
      return "";
    }

    @Override
    public List<String> values(Origin origin) {
      return List.of("");
    }
  }
}
