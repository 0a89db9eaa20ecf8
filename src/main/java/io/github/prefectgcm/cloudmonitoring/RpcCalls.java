package io.github.prefectgcm.cloudmonitoring;

import com.google.api.core.ApiFuture;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.UnaryCallable;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Calls with a time-out and a few retries, inside the time that is left. A call ends at once when
 * its thread is interrupted, or on {@link #close}.
 */
final class RpcCalls implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int TRIES = 5;

  /** With less time left a further try would only hide what is wrong behind its own time-out. */
  private static final Duration LEAST = Duration.ofMillis(200);

  /** gRPC keeps the time-out itself, and then says what the call was waiting for. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** A request to stop makes the time that is left less while somebody waits. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Time time;
  private final Supplier<Duration> timeLeft;
  private final Set<ApiFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  RpcCalls(Time time, Supplier<Duration> timeLeft) {
    this.time = time;
    this.timeLeft = timeLeft;
  }

  <Q, A> A call(UnaryCallable<Q, A> method, Q request) throws RpcException, StoreException {
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        return once(method, request);
      } catch (RpcException e) {
        Duration wait = e.fault().retryAfter().orElse(jittered(pause));
        boolean hopeless = wait.plus(LEAST).compareTo(timeLeft.get()) >= 0;
        if (!e.fault().isPassing() || tries == TRIES || hopeless) {
          throw e;
        }
        await(wait);
        pause = pause.multipliedBy(2);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    underWay.forEach(call -> call.cancel(true));
  }

  private <Q, A> A once(UnaryCallable<Q, A> method, Q request) throws RpcException, StoreException {
    Duration left = timeLeft.get();
    if (!left.isPositive()) {
      throw StoreException.late("DEADLINE left no time for Cloud Monitoring");
    }
    Duration timeout = left.compareTo(TIMEOUT) < 0 ? left : TIMEOUT;
    try {
      return time.ask(longest -> start(method, request, longest), timeout, timeLeft, LAST_WORDS)
          .orElseThrow(() -> new RpcException(RpcFailure.late(timeout)))
          .get();
    } catch (ExecutionException e) {
      if (isClosed()) {
        throw ended();
      }
      throw new RpcException(RpcFailure.of(e));
    } catch (CancellationException e) {
      throw ended();
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      underWay.removeIf(Future::isDone);
    }
  }

  private <Q, A> ApiFuture<A> start(UnaryCallable<Q, A> method, Q request, Duration limit) {
    ApiFuture<A> call =
        method.futureCall(request, GrpcCallContext.createDefault().withTimeoutDuration(limit));
    underWay.add(call);
    if (isClosed()) {
      call.cancel(true);
    }
    return call;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void await(Duration wait) throws StoreException {
    try {
      Duration rest = wait;
      while (rest.isPositive() && timeLeft.get().isPositive()) {
        if (time.await(closed, rest.compareTo(LOOK_AGAIN) < 0 ? rest : LOOK_AGAIN)) {
          throw ended();
        }
        rest = rest.minus(LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static StoreException interrupted() {
    Thread.currentThread().interrupt();
    return StoreException.passing("a call to Cloud Monitoring was interrupted");
  }

  private static StoreException ended() {
    return StoreException.passing("the connection to Cloud Monitoring was closed");
  }

  /** Anything from half to all of it: executions that fail together do not come back together. */
  private static Duration jittered(Duration pause) {
    return Duration.ofMillis(
        ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
  }
}
