package io.github.prefectgcm.job;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What becomes of a stream's rows beside counting.
 *
 * @param <R> what is counted
 */
interface Companion<R> {
  /** Metrics whose last points it wants to see. */
  List<Metric> metrics();

  /**
   * Begins with the first window.
   *
   * @param start of that window, exclusive
   */
  void begin(Ledger ledger, Instant start)
      throws SourceException, StoreException, InterruptedException;

  /** Takes in the rows of a window; several may be read at a time. */
  Rows<R> rows();

  /** What it makes of the rows of one window. */
  interface Rows<R> extends Consumer<R> {
    /** Samples that are written with the window; windows come oldest first. */
    List<Sample> gauges(Window window);

    /** The window is written, but for its watermark. */
    void written(Window window);
  }

  /** Nothing else becomes of them. */
  static <R> Companion<R> none() {
    return new Companion<>() {
      @Override
      public List<Metric> metrics() {
        return List.of();
      }

      @Override
      public void begin(Ledger ledger, Instant start) {
        // Nothing to prepare.
      }

      @Override
      public Rows<R> rows() {
        return new Rows<>() {
          @Override
          public void accept(R row) {
            // Counted elsewhere.
          }

          @Override
          public List<Sample> gauges(Window window) {
            return List.of();
          }

          @Override
          public void written(Window window) {
            // Nothing waits for it.
          }
        };
      }
    };
  }
}
