package io.github.prefectgcm.contract;

import io.github.prefectgcm.history.CurrentState;
import io.github.prefectgcm.history.FinishedRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in a workspace, known from elsewhere than its API's lists.
 *
 * @param asOf when it held
 * @param finished top-level runs
 * @param subflows finished subflow runs
 * @param open runs that are due and not final
 * @param pools type by name
 * @param workers names
 */
record KnownWorkspace(
    Instant asOf,
    List<FinishedRun> finished,
    List<FinishedRun> subflows,
    List<Open> open,
    Set<String> flows,
    Set<String> deployments,
    Map<String, String> pools,
    Set<String> workers) {

  record Open(String workPoolName, CurrentState state, boolean started) {}
}
