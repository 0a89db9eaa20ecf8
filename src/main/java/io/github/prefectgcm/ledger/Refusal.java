package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Sample;

/** A sample that the store refused; its neighbours were taken. */
public record Refusal(Sample sample, Reason reason, String text) {

  /** Why a sample was refused. */
  public enum Reason {
    /** Not newer than what the series holds, or too soon after it. */
    NOT_NEWER,
    /** The metric's descriptor has another kind, value type or labels. */
    DESCRIPTOR,
    /** Anything else about the sample itself. */
    INVALID
  }
}
