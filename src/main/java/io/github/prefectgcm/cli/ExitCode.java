package io.github.prefectgcm.cli;

/** How the process ends, and how bad a line is that says so. */
public final class ExitCode {
  /** All is written, or nothing was due. */
  public static final int DONE = 0;

  /** A later execution may succeed. */
  public static final int AGAIN = 1;

  /** It will not get better by itself. */
  public static final int BROKEN = 2;

  private ExitCode() {}

  /** The exit code of a failure that lasts, or may pass. */
  public static int of(boolean lasting) {
    return lasting ? BROKEN : AGAIN;
  }

  /** The severity of the line at the end of an execution. */
  public static Log.Severity severity(int exitCode) {
    return switch (exitCode) {
      case DONE -> Log.Severity.INFO;
      case AGAIN -> Log.Severity.WARNING;
      default -> Log.Severity.ERROR;
    };
  }
}
