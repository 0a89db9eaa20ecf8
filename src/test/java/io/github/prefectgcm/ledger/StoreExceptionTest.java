package io.github.prefectgcm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.metric.StoreException;
import org.junit.jupiter.api.Test;

class StoreExceptionTest {

  @Test
  void itTellsItsSentenceAndWhetherItLasts() {
    assertEquals("no role", StoreException.lasting("no role").getMessage());
    assertTrue(StoreException.lasting("no role").isLasting());
    assertEquals("no answer", StoreException.passing("no answer").getMessage());
    assertFalse(StoreException.passing("no answer").isLasting());
  }
}
