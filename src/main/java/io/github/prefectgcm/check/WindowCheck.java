package io.github.prefectgcm.check;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.job.ExecutionContext;
import io.github.prefectgcm.job.ParallelReads;
import io.github.prefectgcm.ledger.Agenda;
import io.github.prefectgcm.metric.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the window that the job counts next can be read, which is tried as the job does it. */
record WindowCheck(
    Settings settings, Source source, ExecutionContext surroundings, Findings findings) {
  static final String NAME = "next window";

  /**
   * @param mark the watermark
   * @param now by the reference clock
   */
  void run(Optional<Instant> mark, Instant now) {
    Window next = Agenda.next(mark, now, settings.period(), settings.settle(), settings.backfill());
    String times = next.start() + " to " + next.end();
    try {
      Optional<Integer> runs = Optional.of(0);
      if (next.start().isBefore(now)) {
        Instant end = next.end().isBefore(now) ? next.end() : now;
        runs = count(new Window(next.start(), end));
      }
      runs.ifPresentOrElse(
          count -> told(times + when(next, now) + Formats.count(count, "run")),
          () ->
              findings.bad(
                  NAME, times + " takes too long to read: raise DEADLINE", ExitCode.AGAIN));
    } catch (SourceException e) {
      findings.bad(NAME, times + " cannot be read: " + e.getMessage(), ExitCode.of(e.isLasting()));
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      findings.bad(NAME, "interrupted", ExitCode.AGAIN);
    }
  }

  /** A row that cannot be shown costs only itself, but somebody should know. */
  private void told(String text) {
    long hidden = source.unreadable();
    findings.good(
        NAME,
        text
            + (hidden == 0
                ? ""
                : "; Prefect cannot show "
                    + Formats.count(hidden, "row")
                    + ", its own log says why"));
  }

  private String when(Window next, Instant now) {
    Instant closes = next.end().plus(settings.settle());
    return closes.isAfter(now)
        ? ", can be counted from "
            + closes
            + " on, in "
            + Formats.of(Duration.between(now, closes))
            + "; so far "
        : ", is due now, with ";
  }

  /** By these the job counts runs that Prefect cannot show; without them it reads all others. */
  private void listDeployments() {
    try {
      var _ = source.inventory();
    } catch (SourceException e) {
      // What follows fails too if it depends on them, and says so.
    }
  }

  /** Absent if there is no time for it. */
  private Optional<Integer> count(Window window)
      throws SourceException, StoreException, InterruptedException {
    return ParallelReads.join(
        surroundings
            .tasks()
            .start(() -> {
              listDeployments();
              int[] runs = {0};
              source.finishedRuns(window, run -> runs[0]++);
              return runs[0];
            }),
        surroundings.deadline().left());
  }
}
