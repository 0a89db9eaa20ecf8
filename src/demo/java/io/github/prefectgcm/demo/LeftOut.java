package io.github.prefectgcm.demo;

/** Why a panel of a dashboard is not on a page, as the page says it. */
enum LeftOut {
  PROMQL("asked in PromQL, which nothing here evaluates"),
  GOOGLES("metrics that Google Cloud itself writes"),
  ONCE("measured at one moment only, which makes no course"),
  ZERO("0 throughout"),
  NOTHING("nothing of it was written in this time");

  private final String reason;

  LeftOut(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
