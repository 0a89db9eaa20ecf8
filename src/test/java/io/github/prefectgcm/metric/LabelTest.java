package io.github.prefectgcm.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LabelTest {
  private static final Label LABEL = new Label("state", "Final state.");

  @Test
  void labelsAreTheSameIfKeyAndDescriptionAre() {
    assertEquals(LABEL, new Label("state", "Final state."));
    assertEquals(LABEL.hashCode(), new Label("state", "Final state.").hashCode());
    assertNotEquals(LABEL, new Label("pool", "Final state."));
    assertNotEquals(LABEL, new Label("state", "State."));
  }
}
