package io.github.prefectgcm.prefect.http;

import java.time.Duration;

/**
 * How long to go on with one request.
 *
 * @param tries how often to send it, if something answers
 * @param triesUnreachable how often to send it, if nothing can be reached
 * @param limit the longest that one try may take
 * @param pause before the second try; it doubles from try to try
 */
public record RetryPolicy(int tries, int triesUnreachable, Duration limit, Duration pause) {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  public static final RetryPolicy USUAL =
      new RetryPolicy(6, 3, Duration.ofSeconds(30), HALF_A_SECOND);

  /** For the first contact, which has to be quick, and is content with any answer. */
  public static final RetryPolicy BRIEF =
      new RetryPolicy(1, 3, Duration.ofSeconds(10), HALF_A_SECOND);

  /**
   * For a question that is likely to fail. Prefect hangs up after a failure, which is another try.
   */
  RetryPolicy brief() {
    return new RetryPolicy(Math.min(2, tries), triesUnreachable, limit, pause);
  }

  /** {@code chance} in [0, 1) spreads the pauses, so that jobs do not march in step. */
  Duration pause(int tried, double chance) {
    long doubled = pause.toMillis() << Math.min(10, tried - 1);
    long most = Math.min(doubled, LONGEST_PAUSE.toMillis());
    return Duration.ofMillis(Math.round(most * (0.8 + 0.4 * chance)));
  }
}
