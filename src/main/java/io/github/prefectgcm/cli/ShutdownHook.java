package io.github.prefectgcm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM into an execution that still says what happened: it is told to stop, has the few
 * seconds that Cloud Run leaves it, and its exit code is the process's.
 */
public final class ShutdownHook {
  /** Cloud Run kills the process 10 s after SIGTERM. */
  private static final int PATIENCE_SECONDS = 8;

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.AGAIN;
  private Runnable stop = () -> {};
  private boolean stopping;

  /** Watches the process. */
  public static ShutdownHook watching() {
    var stopper = new ShutdownHook();
    Runtime.getRuntime().addShutdownHook(new Thread(stopper::shutDown, "stopper"));
    return stopper;
  }

  /** One that nothing stops. */
  public static ShutdownHook none() {
    return new ShutdownHook();
  }

  /** A signal may have come before there was something to stop. */
  public synchronized void onStop(Runnable action) {
    stop = action;
    if (stopping) {
      stop.run();
    }
  }

  /** What a signal asks for. */
  public synchronized void stop() {
    stopping = true;
    stop.run();
  }

  /** The execution is over; the process may end. */
  public int done(int code) {
    exitCode = code;
    done.countDown();
    return code;
  }

  private void shutDown() {
    if (done.getCount() == 0) {
      return;
    }
    stop();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        exitCode = ExitCode.AGAIN;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without this the exit code would be the signal's.
    Runtime.getRuntime().halt(exitCode);
  }
}
