package io.github.prefectgcm.dashboard;

import java.util.List;

/** Panels under one heading, from left to right and then downwards. */
record Section(String title, String subtitle, List<Panel> panels) {
  Section {
    panels = List.copyOf(panels);
  }

  static Section section(String title, String subtitle, Panel... panels) {
    return new Section(title, subtitle, List.of(panels));
  }
}
