package io.github.prefectgcm.prefect.rest;

import io.github.prefectgcm.history.EndReason;
import io.github.prefectgcm.history.FinalState;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a run's last state why it ended. Prefect keeps no other record of it than a name and a
 * message; these are the texts of Prefect 3 and its workers. What a flow or a person wrote comes
 * after a fixed beginning, or is no text that is known here.
 */
final class EndReasons {
  static final String MESSAGE = "state.message";
  static final String NAME = "state_name";
  private static final String PID = "infrastructure_pid";

  /** The fields of a run that tell. */
  static final Set<String> FIELDS = Set.of("state.", MESSAGE, NAME, PID);

  /** Prefect's own words, the same since it has such limits. */
  private static final String LIMIT_REACHED = "Deployment concurrency limit reached.";

  /** {@code prefect.flow_engine}: what comes after it is the exception. */
  private static final String RAISED = "Flow run encountered an exception";

  /** Exceptions that a flow raises because of what it called. */
  private static final Pattern OF_ANOTHER =
      Pattern.compile(
          RAISED
              + ":?\\s*(prefect\\.exceptions\\.)?"
              + "(FailedRun|CrashedRun|CancelledRun|UnfinishedRun|UpstreamTaskError)\\b.*",
          Pattern.DOTALL);

  /** {@code prefect.states.return_value_to_state}: tasks or flows that it called. */
  private static final Pattern OF_SEVERAL =
      Pattern.compile("\\d+/\\d+ states failed\\..*", Pattern.DOTALL);

  /** Of the process, of a worker's infrastructure, or of a container. */
  private static final Pattern CODE =
      Pattern.compile("(?i)\\b(?:status|exit) code:?\\s*(-?\\d{1,10})");

  private EndReasons() {}

  static EndReason of(JsonRow row, FinalState state, int runCount) {
    String message = row.optionalText(MESSAGE).orElse("");
    return switch (state) {
      case CANCELLED, COMPLETED -> {
        if (message.equals(LIMIT_REACHED)) {
          yield EndReason.CONCURRENCY_LIMIT;
        }
        boolean withdrawn = runCount == 0 && row.optionalText(PID).isEmpty();
        yield withdrawn ? EndReason.WITHDRAWN : EndReason.OTHER;
      }
      case FAILED, CRASHED -> failure(row.optionalText(NAME).orElse(""), message);
    };
  }

  /** Why a run failed or crashed. */
  static EndReason failure(String stateName, String message) {
    if (stateName.equals("TimedOut") || message.startsWith("Flow run exceeded timeout")) {
      return EndReason.TIMED_OUT;
    }
    if (OF_SEVERAL.matcher(message).matches() || OF_ANOTHER.matcher(message).matches()) {
      return EndReason.DEPENDENCY;
    }
    if (message.startsWith(RAISED)) {
      return EndReason.EXCEPTION;
    }
    if (message.startsWith("Failed to submit flow run to infrastructure")
        || message.startsWith("Flow run could not be submitted to infrastructure")
        || message.startsWith("Flow run process could not be started")
        || message.startsWith("Flow run could not start")
        || message.startsWith("Submission failed.")) {
      return EndReason.SUBMISSION;
    }
    if (message.contains("OOMKilled")) {
      return EndReason.OUT_OF_MEMORY;
    }
    Matcher code = CODE.matcher(message);
    if (code.find()) {
      return ofCode(code.group(1));
    }
    return ofSignal(message);
  }

  /** As Prefect explains them; one that is negative is that of a signal. */
  private static EndReason ofCode(String code) {
    return switch (code) {
      case "137", "-9", "247" -> EndReason.OUT_OF_MEMORY;
      case "143", "-15", "130", "-2" -> EndReason.TERMINATED;
      default -> EndReason.EXIT_CODE;
    };
  }

  private static EndReason ofSignal(String message) {
    return switch (message) {
      case "Execution was aborted by a termination signal.",
          "Execution was aborted by an interrupt signal.",
          "Execution was cancelled by the runtime environment.",
          "Execution was terminated." ->
          EndReason.TERMINATED;
      case "Execution was aborted by Python system exit call." -> EndReason.EXIT_CODE;
      // Said by an automation that its owner wrote, after Prefect's own example.
      default ->
          message.toLowerCase(Locale.ROOT).contains("heartbeat")
              ? EndReason.HEARTBEAT
              : EndReason.OTHER;
    };
  }
}
