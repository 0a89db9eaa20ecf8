package io.github.prefectgcm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.ledger.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @Test
  void aNumberOfThingsIsInThePluralUnlessItIsOne() {
    assertEquals("0 windows", Formats.count(0, "window"));
    assertEquals("1 window", Formats.count(1, "window"));
    assertEquals("2 windows", Formats.count(2, "window"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59.9S, 59 s",
    "PT2M, 2 min",
    "PT2M5S, 2 min 5 s",
    "PT3H, 3 h",
    "PT26H59M, 1 d 2 h",
    "PT23H59M59S, 23 h 59 min"
  })
  void aTimeIsInItsTwoLargestUnits(Duration time, String text) {
    assertEquals(text, Formats.of(time));
  }

  @Test
  void aSeriesIsWrittenAsPeopleWriteIt() {
    assertEquals(
        "exporter/window_count{stream=\"flow_runs\"}",
        Formats.of(Catalog.watermark(RunStream.FLOW_RUNS)));
    assertEquals(
        "exporter/rejected_count{reason=\"invalid\"}",
        Formats.of(Catalog.rejected(Refusal.Reason.INVALID)));
  }
}
