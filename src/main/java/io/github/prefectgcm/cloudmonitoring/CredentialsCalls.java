package io.github.prefectgcm.cloudmonitoring;

import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Questions to Google's library that may go over the network: in time, and asked again if that may
 * help.
 *
 * @param from who answers in the end: a server, or the file that names one
 * @param server whether it is the metadata server, which is asked again for as long as there is
 *     time: without it nothing can be done
 */
record CredentialsCalls(String from, boolean server, Supplier<Duration> timeLeft) {
  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * Asks.
   *
   * @param question absent if there was no usable answer
   * @param sentence what to say if there is none in the end
   */
  <T> T ask(Callable<Optional<T>> question, Function<RpcFailure, StoreException> sentence)
      throws StoreException {
    if (!timeLeft.get().isPositive()) {
      throw StoreException.late("DEADLINE left no time to find Google's credentials");
    }
    long start = System.nanoTime();
    Optional<RpcFailure> before = Optional.empty();
    Duration pause = FIRST_PAUSE;
    try {
      for (int tries = 1; ; tries++) {
        RpcFailure fault;
        try {
          Optional<Optional<T>> answer = BoundedCall.call(question, timeLeft);
          if (answer.isPresent() && answer.get().isPresent()) {
            return answer.get().get();
          }
          // What a try says that the deadline has cut short is less than what one before it said.
          fault =
              answer.isPresent()
                  ? silent("no usable answer")
                  : before.orElseGet(() -> silent("no answer within " + seconds(start)));
        } catch (ExecutionException e) {
          fault = RpcFailure.ofCredentials(from, server, e);
        }
        boolean goesOn = fault.isPassing() && (server || tries < TRIES);
        if (!goesOn || timeLeft.get().compareTo(pause) <= 0) {
          throw sentence.apply(fault);
        }
        before = Optional.of(fault);
        BoundedCall.pause(pause, timeLeft);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.passing("finding Google's credentials was interrupted");
    }
  }

  private RpcFailure silent(String what) {
    return RpcFailure.ofCredentials(RpcFailure.Origin.CREDENTIALS, from + ": " + what);
  }

  private static String seconds(long start) {
    return Math.max(1, Math.round((System.nanoTime() - start) / 1e9)) + " s";
  }
}
