package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void areFullOnceAllAreTaken() {
    assertFalse(new Slots(2, Optional.of(1L)).areFull());
    assertTrue(new Slots(2, Optional.of(2L)).areFull());
    assertTrue(new Slots(2, Optional.of(3L)).areFull());
    assertTrue(new Slots(0, Optional.of(0L)).areFull());
    assertFalse(new Slots(0, Optional.empty()).areFull());
  }
}
