package io.github.prefectgcm.history;

import java.time.Instant;

/**
 * A flow run that is due and not final.
 *
 * @param workPoolName the empty string for a run without a work pool
 * @param workQueueName likewise
 * @param deploymentId Prefect's id, never for a label; the empty string for a run without one
 * @param started whether it ever entered RUNNING
 * @param due when it was to start: its next scheduled start if it is due, late or awaits a retry,
 *     which may be ahead then; else its first expected start
 * @param since when it entered its present state
 */
public record CurrentRun(
    String workPoolName,
    String workQueueName,
    String deploymentId,
    CurrentState state,
    boolean started,
    Instant due,
    Instant since) {}
