package io.github.prefectgcm.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void labelsThatNobodyChoosesHaveOnlyTheValuesThatTheJobWrites() {
    assertEquals(
        List.of(
            "concurrency_limit/slot_limit limit_type",
            "concurrency_limit/slots_used limit_type",
            "deployment/current_run_count state",
            "exporter/collector_success collector",
            "exporter/data_watermark_age stream",
            "exporter/prefect_request_count response_class",
            "exporter/rejected_count reason",
            "flow_run/current_count state",
            "flow_run/execution_times state",
            "flow_run/failure_count reason",
            "flow_run/finished_count state",
            "flow_run/late_count reason",
            "flow_run/oldest_age state",
            "flow_run/started_count trigger",
            "work_pool/worker_count status"),
        Catalog.ALL.entries().stream()
            .map(Entry::metric)
            .flatMap(metric ->
                metric.labels().stream()
                    .filter(label -> !WrittenValues.of(metric, label).isEmpty())
                    .map(label -> metric.name() + " " + label.key()))
            .sorted()
            .toList());
    assertEquals(
        Set.of("pending", "running"),
        Vocabulary.metric(Vocabulary.PREFIX + "flow_run/oldest_age").orElseThrow().values("state"));
  }

  @Test
  void closedSetsOfValuesAreThoseThatTheCatalogueDescribes() {
    for (Entry entry : Catalog.ALL.entries()) {
      Metric metric = entry.metric();
      for (Label label : metric.labels()) {
        WrittenValues.of(metric, label)
            .forEach(value ->
                assertTrue(
                    List.of(label.description().split("\\W+", -1)).contains(value),
                    () -> metric.name() + " " + label.key() + ": " + value));
      }
    }
  }
}
