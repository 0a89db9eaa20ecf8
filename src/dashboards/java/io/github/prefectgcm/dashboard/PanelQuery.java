package io.github.prefectgcm.dashboard;

/** What a panel asks for. */
sealed interface PanelQuery permits Standard, Ratio, PromQl {
  Unit unit();
}
