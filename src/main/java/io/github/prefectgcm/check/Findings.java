package io.github.prefectgcm.check;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.metric.StoreException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code prefect-gcm check} finds out, a line each, and the exit code that follows. */
public final class Findings {
  private static final int WIDTH = "Prefect authorised".length();

  private final Log log;
  private final Set<String> told = new HashSet<>();
  private int exitCode = ExitCode.DONE;
  private int good;
  private int bad;
  private int open;

  public Findings(Log log) {
    this.log = log;
  }

  void good(String check, String finding) {
    good++;
    tell('✓', Log.Severity.INFO, check, finding);
  }

  void bad(String check, String nextStep, int code) {
    bad++;
    exitCode = Math.max(exitCode, code);
    tell('✗', code == ExitCode.BROKEN ? Log.Severity.ERROR : Log.Severity.WARNING, check, nextStep);
  }

  void bad(String check, SourceException failure) {
    bad(check, failure.getMessage(), ExitCode.of(failure.isLasting()));
  }

  void bad(String check, StoreException failure) {
    bad(check, failure.getMessage(), ExitCode.of(failure.isLasting()));
  }

  /** Could not be made for what failed before. */
  void open(String check) {
    open(check, "something before it failed");
  }

  /** Those of the checks that nothing was said of yet. */
  void rest(List<String> checks) {
    checks.stream().filter(check -> !told.contains(check)).forEach(this::open);
  }

  /** Not made, which is no fault by itself. */
  void open(String check, String why) {
    open++;
    tell('–', Log.Severity.INFO, check, "not checked: " + why);
  }

  /** Says the line at the end and returns the exit code. */
  public int sum() {
    String text =
        "%d fine, %d failed, %d not checked".formatted(good, bad, open)
            + switch (exitCode) {
              case ExitCode.DONE -> "";
              case ExitCode.AGAIN -> ": it may pass";
              default -> ": it will not get better by itself";
            };
    log.answer(severity(), text, text, Map.of("exit_code", exitCode));
    return exitCode;
  }

  private Log.Severity severity() {
    return switch (exitCode) {
      case ExitCode.DONE -> Log.Severity.INFO;
      case ExitCode.AGAIN -> Log.Severity.WARNING;
      default -> Log.Severity.ERROR;
    };
  }

  private void tell(char sign, Log.Severity severity, String check, String text) {
    told.add(check);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("check", check);
    fields.put(
        "result",
        switch (sign) {
          case '✓' -> "fine";
          case '✗' -> "failed";
          default -> "not checked";
        });
    log.answer(
        severity,
        sign + " " + check + " ".repeat(WIDTH - check.length() + 2) + text,
        sign + " " + check + ": " + text,
        fields);
  }
}
