package io.github.prefectgcm.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricSelectionTest {
  @ParameterizedTest
  @CsvSource({
    "default, work_pool/ready, true, true",
    "default, work_queue/ready, false, false",
    "all, work_queue/ready, false, true",
    "default|work_queue/*, work_queue/ready, false, true",
    "default|!work_pool/*, work_pool/ready, true, false",
    "!work_pool/*|default, work_pool/ready, true, true",
    "default|!work_*|work_pool/ready, work_pool/ready, true, true",
    "flow_run/*_count, flow_run/late_count, true, true",
    "flow_run/*_count, flow_run/run_time, true, false",
    "*/ready, work_pool/ready, true, true",
    "exporter/up, exporter/up, true, true",
    "exporter/up, exporter/upper, true, false",
    "exporter.up, exporter/up, true, false",
    "DEFAULT, exporter/up, true, true",
  })
  void theLastTermThatFitsDecides(String terms, String name, boolean standard, boolean written) {
    assertEquals(
        written, new MetricSelection(List.of(terms.split("\\|"))).includes(name, standard));
  }

  @ParameterizedTest
  @CsvSource({"default, ''", "default|!work_pol/*, !work_pol/*", "all|flow_runs/x, flow_runs/x"})
  void aTermThatFitsNothingIsTold(String terms, String idle) {
    assertEquals(
        idle.isEmpty() ? List.of() : List.of(idle),
        new MetricSelection(List.of(terms.split("\\|"))).idle());
  }
}
