package io.github.prefectgcm.job;

import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.config.RunLogSettings;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.RunDetails;
import io.github.prefectgcm.history.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells finished runs one by one, each in a line on standard output: metrics never name a run. A
 * line is printed once the run's window is written and before its watermark moves, so it comes at
 * least once; Cloud Logging shows lines of one {@code insertId} and one time once.
 */
final class RunLog {
  /** More than these of one window are counted. */
  static final int MOST = 500;

  private final RunLogSettings settings;
  private final Log log;
  private final boolean dryRun;

  RunLog(RunLogSettings settings, Log log, boolean dryRun) {
    this.settings = settings;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** The runs of one window, the last to end first. */
  final class Lines {
    private final List<FinishedRun> runs = new ArrayList<>();
    private long others;

    void add(FinishedRun run) {
      if (!isTold(run)) {
        return;
      }
      if (runs.size() < MOST) {
        runs.add(run);
      } else {
        others++;
      }
    }

    /** Tells them, the first to end first. */
    void print(Window window) {
      if (others > 0) {
        log.answer(
            Log.Severity.WARNING,
            "… and "
                + Formats.count(others, "run")
                + " before those of the window up to "
                + window.end(),
            Formats.count(others, "run")
                + " more ended in the window up to "
                + window.end()
                + " than are told one by one",
            Map.of("window_end", window.end(), "more_runs", others));
      }
      runs.reversed().forEach(RunLog.this::print);
    }
  }

  Lines lines() {
    return new Lines();
  }

  private boolean isTold(FinishedRun run) {
    return !run.details().id().isEmpty()
        && switch (settings.mode()) {
          case OFF -> false;
          case ALL -> true;
          case FAILED -> hasFailed(run);
        };
  }

  private static boolean hasFailed(FinishedRun run) {
    return run.state() == FinalState.FAILED || run.state() == FinalState.CRASHED;
  }

  private void print(FinishedRun run) {
    Origin origin = run.origin();
    String from =
        origin.deploymentName().isEmpty()
            ? origin.flowName()
            : origin.flowName() + " / " + origin.deploymentName();
    String said = Masked.text(run.details().message());
    String message = from + " " + run.state().label() + (said.isEmpty() ? "" : ": " + said);
    String page = settings.page(run.details().id()).map(url -> " " + url).orElse("");
    log.answer(
        hasFailed(run) ? Log.Severity.ERROR : Log.Severity.INFO,
        (dryRun ? "run log: " : "")
            + run.endTime()
            + " "
            + Masked.text(message)
            + " ("
            + Masked.text(run.details().name())
            + ")"
            + page,
        Masked.text(message),
        fields(run, said));
  }

  private Map<String, Object> fields(FinishedRun run, String said) {
    RunDetails details = run.details();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("time", run.endTime());
    fields.put("logging.googleapis.com/insertId", details.id() + "-" + details.stateId());
    fields.put("flow_name", Masked.text(run.origin().flowName()));
    fields.put("deployment_name", Masked.text(run.origin().deploymentName()));
    fields.put("work_pool_name", Masked.text(run.origin().workPoolName()));
    fields.put("owner", Masked.text(run.origin().owner()));
    fields.put("flow_run_name", Masked.text(details.name()));
    fields.put("flow_run_id", details.id());
    fields.put("state", run.state().label());
    fields.put("state_name", Masked.text(details.stateName()));
    fields.put("state_message", said);
    if (hasFailed(run)) {
      fields.put("reason", run.reason().failure());
    }
    fields.put("attempts", run.runCount());
    details
        .expected()
        .flatMap(expected -> details.start().map(start -> Duration.between(expected, start)))
        .ifPresent(late -> fields.put("lateness_seconds", Math.max(0, late.toMillis()) / 1e3));
    fields.put("run_time_seconds", run.runTime().toMillis() / 1e3);
    fields.put("tags", details.tags().stream().map(Masked::text).toList());
    settings.page(details.id()).ifPresent(url -> fields.put("prefect_url", url));
    if (dryRun) {
      fields.put("dry_run", true);
    }
    return fields;
  }
}
