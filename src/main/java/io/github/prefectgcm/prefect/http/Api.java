package io.github.prefectgcm.prefect.http;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The API as the rest of the package sees it: what can be mended by trying again is mended. */
public final class Api implements AutoCloseable {
  private static final int TOKENS_PER_REQUEST = 2;

  /** With less time left a try would only hide what is wrong behind its own time-out. */
  private static final Duration LEAST = Duration.ofMillis(100);

  private final HttpCalls calls;
  private final FailureMessages advice;
  private final Supplier<Duration> timeLeft;
  private final RetryPolicy usual;
  private final Time time;
  private final TrafficLog traffic = new TrafficLog();
  private final Csrf csrf = new Csrf();
  private final ReentrantLock renewal = new ReentrantLock();

  /** Whether anything was ever understood of what the server says. */
  private volatile boolean answered;

  public Api(Connection connection, Time time, Supplier<Duration> timeLeft, RetryPolicy usual) {
    this.calls = new HttpCalls(connection, time);
    this.advice = new FailureMessages(connection);
    this.time = time;
    this.timeLeft = timeLeft;
    this.usual = usual;
  }

  public <T> T post(String path, JsonObject body, Decoder<T> decoder) throws SourceException {
    var request = Request.post(path, body);
    try {
      return ask(request, decoder);
    } catch (Refused e) {
      throw refused(request, e.refusal());
    }
  }

  /** For a caller that can do something about a refusal, as it can about a lasting 500. */
  public <T> T ask(Request request, Decoder<T> decoder) throws SourceException, Refused {
    return ask(request, decoder, usual);
  }

  /** The same with few tries: for a question that is likely to be refused. */
  public <T> T askBriefly(Request request, Decoder<T> decoder) throws SourceException, Refused {
    return ask(request, decoder, usual.brief());
  }

  private <T> T ask(Request request, Decoder<T> decoder, RetryPolicy patience)
      throws SourceException, Refused {
    for (int tokens = 0; ; tokens++) {
      Map<String, String> headers = request.body().isPresent() ? csrf.headers() : Map.of();
      Response<T> reply = reply(request, headers, decoder, patience);
      boolean mayRenew =
          reply instanceof Response.Refusal<T> refusal
              && refusal.concernsCsrf()
              && tokens < TOKENS_PER_REQUEST;
      if (!mayRenew || !renewed(headers)) {
        return reply.value();
      }
    }
  }

  public SourceException refused(Request request, Response.Refusal<?> refusal) {
    return refusal.isPassing()
        ? advice.gaveUp(request, TransientFailure.of(refusal), usual.tries(), true)
        : advice.refused(request, refusal);
  }

  /** Fetches a token, unless another thread has done so since these headers were made. */
  private boolean renewed(Map<String, String> used) throws SourceException, Refused {
    renewal.lock();
    try {
      if (!csrf.headers().equals(used)) {
        return true;
      }
      Request request = csrf.request();
      switch (reply(request, Map.of(), in -> JsonRow.read(in, Set.of("token")), usual)) {
        case Response.Read<JsonRow> read -> csrf.accept(read.value().text("token"));
        case Response.Refusal<JsonRow> refusal -> {
          if (refusal.status() == 404) {
            // Where tokens are asked for and there are none to be had, the path is not the API's.
            throw new Refused(refusal);
          }
          if (refusal.status() == 422) {
            return false; // without CSRF protection: another server than the one that refused us
          }
          throw refused(request, refusal);
        }
      }
      return true;
    } finally {
      renewal.unlock();
    }
  }

  /** Tries until there is an answer that another try would not change. */
  public <T> Response<T> reply(
      Request request, Map<String, String> headers, Decoder<T> decoder, RetryPolicy patience)
      throws SourceException {
    Optional<TransientFailure> last = Optional.empty();
    Optional<Response<T>> unrendered = Optional.empty();
    for (int tried = 1; ; tried++) {
      Duration left = timeLeft.get();
      if (left.compareTo(LEAST) < 0) {
        throw advice.deadline(request, last);
      }
      Duration limit = left.compareTo(patience.limit()) < 0 ? left : patience.limit();
      TransientFailure trouble;
      try {
        Response<T> reply = measured(request, headers, decoder, limit);
        answered = true;
        if (!(reply instanceof Response.Refusal<T> refusal && refusal.isPassing())
            || patience.tries() == 1) {
          return reply;
        }
        if (refusal.failedToRender()) {
          unrendered = Optional.of(reply);
        }
        trouble = TransientFailure.of(refusal);
      } catch (IOException e) {
        Optional<SourceException> untrusted = advice.untrusted(e);
        if (untrusted.isPresent()) {
          throw untrusted.get();
        }
        // What a try says that the deadline has cut short is less than what one before it said.
        trouble =
            last.filter(_ -> limit.equals(left)).orElseGet(() -> TransientFailure.of(e, limit));
      }
      last = Optional.of(trouble);
      if (unrendered.isPresent() && tried >= patience.tries()) {
        return unrendered.get();
      }
      waitAfter(request, trouble, tried, patience);
    }
  }

  private <T> Response<T> measured(
      Request request, Map<String, String> headers, Decoder<T> decoder, Duration limit)
      throws IOException, SourceException {
    long start = time.nanos();
    try {
      Response<T> reply = calls.ask(request, headers, decoder, limit);
      int status = reply instanceof Response.Refusal<T> refusal ? refusal.status() : 200;
      traffic.answered(status, Duration.ofNanos(time.nanos() - start));
      return reply;
    } catch (IOException | SourceException e) {
      traffic.failed();
      throw e;
    }
  }

  /** What was asked until now. */
  public Traffic traffic() {
    return traffic.sum();
  }

  private void waitAfter(Request request, TransientFailure trouble, int tried, RetryPolicy patience)
      throws SourceException {
    Duration left = timeLeft.get();
    if (left.isPositive() && tried >= trouble.tries(patience)) {
      throw advice.gaveUp(request, trouble, tried, answered);
    }
    Duration wait = trouble.wait(tried, patience, ThreadLocalRandom.current().nextDouble());
    if (wait.compareTo(left) < 0) {
      calls.pause(wait);
    } else if (trouble.asked().isPresent()) {
      throw advice.asksToWait(request, trouble, wait);
    } else {
      throw advice.deadline(request, Optional.of(trouble));
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
