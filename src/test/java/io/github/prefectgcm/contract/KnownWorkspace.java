package io.github.prefectgcm.contract;

import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Slots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a workspace, known from elsewhere than its API's lists.
 *
 * @param asOf when it held
 * @param finished top-level runs
 * @param subflows finished subflow runs
 * @param open runs that are due and not final
 * @param paused names of the deployments that are
 * @param pools type by name
 * @param workers names
 * @param slots of the pools that have a limit
 */
record KnownWorkspace(
    Instant asOf,
    List<FinishedRun> finished,
    List<FinishedRun> subflows,
    List<Open> open,
    Set<String> flows,
    Set<String> deployments,
    Set<String> paused,
    Map<String, String> pools,
    Set<String> workers,
    Map<String, Slots> slots,
    Set<Queue> queues,
    Set<ConcurrencyLimit> limits) {

  /** A work queue. */
  record Queue(
      String workPoolName, String name, boolean paused, boolean polled, Optional<Slots> slots) {}

  record Open(String workPoolName, String workQueueName, CurrentState state, boolean started) {}
}
