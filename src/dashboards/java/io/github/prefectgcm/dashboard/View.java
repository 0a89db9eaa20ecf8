package io.github.prefectgcm.dashboard;

/** How a panel shows its data. */
enum View {
  /** One number, the newest one. */
  CARD,
  LINES,
  AREAS,
  BARS,
  HEAT_MAP,
  /** A row for each series, the newest value of each. */
  TABLE,
  TEXT
}
