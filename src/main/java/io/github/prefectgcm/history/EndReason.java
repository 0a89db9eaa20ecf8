package io.github.prefectgcm.history;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Why a run ended as it did, as far as its last state tells. */
public enum EndReason {
  /** Its deployment's concurrency limit was reached, and that says to cancel new runs. */
  CONCURRENCY_LIMIT,

  /**
   * It was cancelled, or set to completed, before there was any infrastructure for it: somebody, or
   * an automation, decided so.
   */
  WITHDRAWN,

  /** Not known: Prefect could not show the run. Whether it ever started is not known either. */
  UNREADABLE,

  /** The flow raised an exception. */
  EXCEPTION,

  /** It took longer than its flow may. */
  TIMED_OUT,

  /** Its process was killed, most likely since it took more memory than it may. */
  OUT_OF_MEMORY,

  /** Its process was asked to end: SIGTERM, or an interrupt. */
  TERMINATED,

  /** Its process, or its container, ended with some other code. */
  EXIT_CODE,

  /** Its infrastructure could not be started. */
  SUBMISSION,

  /** It stopped to say that it is alive. */
  HEARTBEAT,

  /** A task or a flow that it called failed. */
  DEPENDENCY,

  /** Anything else. */
  OTHER;

  private static final Set<EndReason> OF_FAILURES = EnumSet.range(EXCEPTION, OTHER);

  /** What a run can have failed for, as label values have it. */
  public static final List<String> FAILURES =
      OF_FAILURES.stream().map(EndReason::name).map(name -> name.toLowerCase(Locale.ROOT)).toList();

  /** Whether nobody and nothing is at fault, or it is not known who is. */
  public boolean isNoFault() {
    return this == CONCURRENCY_LIMIT || this == WITHDRAWN || this == UNREADABLE;
  }

  /** What a run failed for, as label values have it: the name in lower case. */
  public String failure() {
    return (OF_FAILURES.contains(this) ? this : OTHER).name().toLowerCase(Locale.ROOT);
  }
}
