package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.metric.Refusal;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void aNumberOfThingsIsInThePluralUnlessItIsOne() {
    assertEquals("0 windows", Text.count(0, "window"));
    assertEquals("1 window", Text.count(1, "window"));
    assertEquals("2 windows", Text.count(2, "window"));
  }

  @Test
  void aSeriesIsWrittenAsPeopleWriteIt() {
    assertEquals("exporter/window_count", Text.of(Catalog.watermark()));
    assertEquals(
        "exporter/rejected_count{reason=\"invalid\"}",
        Text.of(Catalog.rejected(Refusal.Reason.INVALID)));
  }
}
