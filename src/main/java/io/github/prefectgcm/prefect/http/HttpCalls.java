package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.time.Time;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls that end in time. Each runs on a thread of its own, so that nothing in it, be it a name
 * server or a body that trickles, keeps the caller longer than it wants to wait.
 */
final class HttpCalls implements AutoCloseable {
  private final Connection connection;
  private final Time time;
  private final Set<FutureTask<?>> underWay = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<HttpConnections> client = Optional.empty();

  HttpCalls(Connection connection, Time time) {
    this.connection = connection;
    this.time = time;
  }

  /** Asks once, within {@code limit} from the look-up of the name to the last byte. */
  <T> Response<T> ask(
      Request request, Map<String, String> extra, Decoder<T> decoder, Duration limit)
      throws IOException, SourceException {
    HttpConnections client = client();
    try {
      return time.ask(
              longest -> start(client, request, extra, decoder, longest), limit, Duration.ZERO)
          .orElseThrow(() -> new SocketTimeoutException("no whole answer within " + limit))
          .get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (CancellationException e) {
      throw ended();
    } catch (ExecutionException e) {
      if (closed.getCount() == 0) {
        throw ended();
      }
      switch (e.getCause()) {
        case IOException broken -> throw broken;
        case SourceException unfit -> throw unfit;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  private <T> FutureTask<Response<T>> start(
      HttpConnections client,
      Request request,
      Map<String, String> extra,
      Decoder<T> decoder,
      Duration limit) {
    var abort = new AtomicReference<Runnable>();
    var call =
        new FutureTask<>(() -> client.ask(request, extra, decoder, limit, abort::set)) {
          @Override
          @SuppressWarnings("UndefinedEquals") // the same call is meant
          protected void done() {
            underWay.remove(this);
            if (isCancelled()) {
              Optional.ofNullable(abort.get()).ifPresent(Runnable::run);
            }
          }
        };
    underWay.add(call);
    if (closed.getCount() == 0) {
      call.cancel(true);
    } else {
      // Not a virtual thread: once one has used a socket, the JVM takes 0.3 s longer to exit.
      Thread.ofPlatform().daemon().name(request.toString()).start(call);
    }
    return call;
  }

  /** Waits, unless it is interrupted or everything is closed. */
  void pause(Duration wait) throws SourceException {
    try {
      if (time.await(closed, wait)) {
        throw ended();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** The client is opened by the first call: opening it may fail, and costs time. */
  private synchronized HttpConnections client() throws SourceException {
    if (client.isEmpty()) {
      client = Optional.of(HttpConnections.open(connection, time));
    }
    return client.get();
  }

  private static SourceException interrupted() {
    Thread.currentThread().interrupt();
    return SourceException.passing("Reading Prefect was interrupted: the next execution goes on");
  }

  private static SourceException ended() {
    return SourceException.passing("Reading Prefect was broken off: the next execution goes on");
  }

  @Override
  public void close() {
    closed.countDown();
    underWay.forEach(call -> call.cancel(true));
    Optional<HttpConnections> opened;
    synchronized (this) {
      opened = client;
    }
    opened.ifPresent(HttpConnections::close);
  }
}
