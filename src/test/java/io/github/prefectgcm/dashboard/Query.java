package io.github.prefectgcm.dashboard;

/** What a panel asks for. */
sealed interface Query permits Standard, Ratio, PromQl {
  Unit unit();
}
