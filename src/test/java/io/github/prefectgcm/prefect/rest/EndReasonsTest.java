package io.github.prefectgcm.prefect.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.history.EndReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The texts of Prefect 3.8.8. Where they come from: the last column, below <a
 * href="https://github.com/PrefectHQ/prefect/tree/3.8.8/src/prefect">src/prefect</a>.
 */
class EndReasonsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed|Flow run encountered an exception: ValueError: no|EXCEPTION|flow_engine.py",
        // What a flow says of itself is no sign of anything else.
        "Failed|Flow run encountered an exception: OSError: exit code 137, no heartbeat|EXCEPTION|",
        "TimedOut|Flow run exceeded timeout of 2.0 second(s)|TIMED_OUT|flow_engine.py",
        "TimedOut|''|TIMED_OUT|states.py",
        "Failed|1/3 states failed.|DEPENDENCY|states.py",
        "Failed|Flow run encountered an exception: FailedRun: Flow run"
            + " failed.|DEPENDENCY|states.py",
        "Failed|Flow run encountered an exception: UpstreamTaskError: x|DEPENDENCY|exceptions.py",
        "Crashed|Failed to submit flow run to infrastructure: OSError:"
            + " x|SUBMISSION|workers/base.py",
        "Crashed|Flow run could not be submitted to infrastructure:|SUBMISSION|workers/base.py",
        "Crashed|Flow run process could not be started:|SUBMISSION|runner/runner.py",
        "Crashed|Flow run could not start: no such file|SUBMISSION|runner/_flow_run_executor.py",
        "Failed|Submission failed. RuntimeError: x|SUBMISSION|runner/_state_proposer.py",
        "Crashed|Flow run process exited with non-zero status code"
            + " -9.|OUT_OF_MEMORY|runner/runner.py",
        "Crashed|Flow run infrastructure exited with non-zero status code 137. Process was killed,"
            + " likely due to an out-of-memory (OOM) condition.|OUT_OF_MEMORY|workers/base.py",
        "Crashed|Process exited with status code: 247. Process was terminated due to high memory"
            + " usage.|OUT_OF_MEMORY|runner/_flow_run_executor.py",
        "Crashed|The pod was OOMKilled|OUT_OF_MEMORY|",
        "Crashed|Process exited with status code: -15. Process exited due to a SIGTERM"
            + " signal.|TERMINATED|runner/_flow_run_executor.py",
        "Crashed|Flow run infrastructure exited with non-zero status code 143.|TERMINATED|",
        "Crashed|Execution was aborted by a termination signal.|TERMINATED|states.py",
        "Crashed|Execution was aborted by an interrupt signal.|TERMINATED|states.py",
        "Crashed|Execution was cancelled by the runtime environment.|TERMINATED|states.py",
        "Crashed|Flow run infrastructure exited with non-zero status code"
            + " 1.|EXIT_CODE|workers/base.py",
        "Crashed|Flow run process exited with non-zero status code 127.|EXIT_CODE|runner/runner.py",
        "Crashed|Execution was aborted by Python system exit call.|EXIT_CODE|states.py",
        "Crashed|Flow run marked as crashed due to missing heartbeats.|HEARTBEAT|docs",
        "Crashed|Execution was interrupted by an unexpected exception: OSError|OTHER|states.py",
        "Failed|The flow was paused and never resumed.|OTHER|server/services/pause_expirations.py",
        "Failed|Said by the flow itself|OTHER|",
        "Failed|''|OTHER|",
      })
  void theLastStateTellsWhy(String name, String message, EndReason reason, String source) {
    assertEquals(reason, EndReasons.failure(name, message), source);
  }
}
