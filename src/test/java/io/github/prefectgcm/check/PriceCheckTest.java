package io.github.prefectgcm.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PriceCheckTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aPriceBelowTheLimitIsTold() {
    site.environment.put("MAX_PRICE", "1");

    CheckAnswer.of(site, 0).begins("✓ price               $0.00 a month for ");
    assertEquals(0, site.cloud.series().size());
  }

  @Test
  void aPriceAboveTheLimitIsTold() {
    site.environment.put("MAX_PRICE", "0.10");
    site.environment.put("PERIOD", "10s");

    CheckAnswer.of(site, 2).begins("✗ price               $");
  }

  @Test
  void whatAnExecutionCouldNotReadHasNoPrice() {
    site.environment.put("MAX_PRICE", "1");
    site.prefect.onEvery("/work_pools/filter", HttpFault.status(403));

    CheckAnswer.of(site, 0)
        .says("– price               not checked: an execution would not be whole");
  }
}
