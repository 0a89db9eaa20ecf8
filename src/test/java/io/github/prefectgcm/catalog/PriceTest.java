package io.github.prefectgcm.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {
  /** Worked out by hand: 8,640 executions a month at five minutes, 43,200 at one. */
  @ParameterizedTest
  @CsvSource({
    "500, 0, 0, 300, 32.96, 0",
    "0, 50, 0, 300, 32.96, 0",
    "5000, 0, 0, 300, 329.59, 46.33",
    "5000, 100, 0, 60, 1977.54, 471.50",
    "500, 0, 500, 300, 32.96, 1.66",
    "1000000, 0, 0, 60, 329589.84, 53266.28",
  })
  void pointsAndReadsArePriced(
      long numbers, long distributions, long readBack, long period, double mib, double dollars) {
    var price = new Price(numbers, distributions, readBack, Duration.ofSeconds(period));

    assertEquals(mib, price.mib(), 0.005);
    assertEquals(dollars, price.total(), 0.01);
  }

  @Test
  void whatIsFoldedIsReadBack() {
    var price =
        Price.of(
            Catalog.ALL,
            List.of(
                SmallWorkspace.series("flow_run/finished_count", "etl", "daily", "k8s", "failed"),
                SmallWorkspace.series("flow_run/start_latencies", "k8s"),
                SmallWorkspace.series("deployment/consecutive_failures", "etl", "daily"),
                SmallWorkspace.series("exporter/up")),
            Duration.ofMinutes(5));

    assertEquals(new Price(3, 1, 3, Duration.ofMinutes(5)), price);
  }
}
