package io.github.prefectgcm.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptorDiffTest {
  private static final Metric METRIC =
      new Metric(
          "flow_run/late_count",
          Kind.GAUGE,
          ValueType.INT64,
          "1",
          "Late flow runs",
          "How many.",
          List.of(new Label("pool", "Its pool."), new Label("flow", "Its flow.")));

  private static final Descriptor.Key POOL = new Descriptor.Key("pool", "STRING", "Its pool.");
  private static final Descriptor.Key FLOW = new Descriptor.Key("flow", "STRING", "Its flow.");

  @Test
  void whatIsNotDeclaredIsMissing() {
    assertEquals(new DescriptorDiff.Missing(METRIC), DescriptorDiff.of(METRIC, Map.of()));
    assertEquals(
        new DescriptorDiff.Missing(METRIC),
        DescriptorDiff.of(METRIC, Map.of("flow_run/current_count", Descriptor.of(METRIC))));
  }

  @Test
  void theOrderOfLabelsIsNoDifference() {
    assertEquals(new DescriptorDiff.None(METRIC), with("GAUGE", "INT64", FLOW, POOL));
  }

  @Test
  void wordsAndUnitCanBeChanged() {
    assertEquals(
        edits(
            edit("unit", "", "1"),
            edit("display name", "Late", "Late flow runs"),
            edit("description", "Old.", "How many."),
            edit("label pool", "", "Its pool.")),
        DescriptorDiff.of(
            METRIC,
            Map.of(
                METRIC.name(),
                new Descriptor(
                    "GAUGE",
                    "INT64",
                    "",
                    "Late",
                    "Old.",
                    List.of(new Descriptor.Key("pool", "STRING", ""), FLOW)))));
  }

  @Test
  void aLabelCanBeAdded() {
    assertEquals(edits(edit("new label flow", "", "Its flow.")), with("GAUGE", "INT64", POOL));
  }

  @Test
  void kindAndValueTypeAreForGood() {
    assertEquals(
        conflict("metric kind is CUMULATIVE, not GAUGE", "value type is DOUBLE, not INT64"),
        with("CUMULATIVE", "DOUBLE", POOL, FLOW));
  }

  @Test
  void theTypeOfALabelIsForGood() {
    assertEquals(
        conflict("type of label pool is INT64, not STRING"),
        with("GAUGE", "INT64", new Descriptor.Key("pool", "INT64", ""), FLOW));
  }

  @Test
  void aLabelThatIsNotOursCannotBeRemoved() {
    assertEquals(
        conflict("label owner is not one of ours, and cannot be removed"),
        with("GAUGE", "INT64", POOL, new Descriptor.Key("owner", "STRING", "Whose."), FLOW));
  }

  private static DescriptorDiff with(String kind, String valueType, Descriptor.Key... labels) {
    return DescriptorDiff.of(
        METRIC,
        Map.of(
            METRIC.name(),
            new Descriptor(kind, valueType, "1", "Late flow runs", "How many.", List.of(labels))));
  }

  private static DescriptorDiff edits(DescriptorDiff.Edit... edits) {
    return new DescriptorDiff.Edits(METRIC, List.of(edits));
  }

  private static DescriptorDiff.Edit edit(String what, String from, String to) {
    return new DescriptorDiff.Edit(what, from, to);
  }

  private static DescriptorDiff conflict(String... reasons) {
    return new DescriptorDiff.Conflict(METRIC, List.of(reasons));
  }
}
